package io.nanoswarm.cli;

import io.nanoswarm.client.Isolation;
import io.nanoswarm.client.UserError;
import io.nanoswarm.load.LoadRequest;
import io.nanoswarm.load.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a load test shall do, as it is typed. */
final class LoadOptions {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final String EACH = "each";

  @Option(
      names = {"-a", "--agents"},
      paramLabel = "N,…",
      description = "How many agents, a point for each number. Default: 1,2,4,8.")
  private String agents = "1,2,4,8";

  @Option(
      names = "--isolation",
      paramLabel = "HOW",
      description = "process: every agent in a JVM of its own (the default); shared: all in one.")
  private String isolation = Isolation.PROCESS.word();

  @Option(
      names = "--work",
      paramLabel = "WORK",
      description =
          "What a task does: none (the default), wait:200ms, cpu:5ms; cpu is counted in steps that"
              + " take this long on an idle core.")
  private String work = "none";

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Tasks that arrive in a second, whatever becomes of those before. Default: as fast as it"
              + " goes.")
  private @Nullable String rate;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long is measured, as in 10s. Default: 5s.")
  private String duration = "5s";

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "How long before that nothing counts; 0 for none. Default: 3s.")
  private String warmUp = "3s";

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often all is measured, each time on a new node. Default: 3.")
  private String repeats = "3";

  @Option(
      names = "--sessions",
      paramLabel = "N|each",
      description =
          "Over how many sessions tasks are spread; each: a session for each task."
              + " Default: 1.")
  private String sessions = "1";

  @Option(
      names = "--per-machine",
      paramLabel = "N",
      description =
          "Start machine nodes beside the control node, each for N of the agents; the control node"
              + " has none then. Default: no machine nodes.")
  private @Nullable String perMachine;

  /** Everything checked that can be checked without measuring. */
  LoadRequest request() {
    try {
      return new LoadRequest(
          counts(),
          isolation(),
          work(),
          rate(),
          TimeText.parse("--duration", duration),
          warmUp.strip().matches("0s?") ? Duration.ZERO : TimeText.parse("--warm-up", warmUp),
          number("--repeats", repeats, 1, LoadRequest.MAX_REPEATS),
          sessions.strip().equalsIgnoreCase(EACH)
              ? LoadRequest.EACH
              : number("--sessions", sessions, 1, LoadRequest.MAX_SESSIONS),
          perMachine == null
              ? LoadRequest.NO_MACHINES
              : number("--per-machine", perMachine, 1, LoadRequest.MAX_AGENTS));
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "see `swarm load --help`");
    }
  }

  private List<Integer> counts() {
    var counts = new ArrayList<Integer>();
    for (String count : agents.split(",", -1)) {
      counts.add(number("--agents", count, 1, LoadRequest.MAX_AGENTS));
    }
    return counts;
  }

  private static int number(String option, String typed, int least, int most) {
    String text = typed.strip();
    int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw UserError.usage(
          "%s '%s'".formatted(option, text), "write a number from %d to %d".formatted(least, most));
    }
    return number;
  }

  private Isolation isolation() {
    var word = isolation.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(Isolation.values())
        .filter(known -> known.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            UserError.usage(
                "--isolation '" + isolation + "' is unknown", "write process or shared"));
  }

  private Work work() {
    try {
      return Work.parse(work.strip());
    } catch (IllegalArgumentException e) {
      throw UserError.usage(
          "--work '%s' is unknown, or out of range".formatted(work),
          "write none, wait:200ms or cpu:5ms, with 1ms to 60s");
    }
  }

  private @Nullable Double rate() {
    if (rate == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(rate.strip());
      if (value > 0 && value <= LoadRequest.MAX_RATE) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Told below, as what is out of range.
    }
    throw UserError.usage(
        "--rate '%s'".formatted(rate),
        "write how many tasks arrive in a second, more than 0 and at most %.0f"
            .formatted(LoadRequest.MAX_RATE));
  }
}
