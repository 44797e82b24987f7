package io.nanoswarm.skills.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs a program to its end, for its exit code and what it said. Blocks. */
public final class ShortRun {
  private static final long MOST_OUTPUT = 16 << 20;

  private static final int KEPT = 8 << 10;

  private ShortRun() {}

  /**
   * How it ended.
   *
   * @param output of both of its streams, without the middle if that is long
   */
  public record Finished(int exitCode, String output) {
    public boolean well() {
      return exitCode == 0;
    }
  }

  /**
   * @param within after this it is killed
   * @throws IOException if it cannot be started, or takes more than it may
   */
  public static Finished of(
      List<String> line, Path folder, Map<String, String> environment, Duration within)
      throws IOException, InterruptedException {
    var command = new ChildCommand(line, folder, environment, ChildLimits.NONE);
    return switch (CommandRun.run(command, within, MOST_OUTPUT, KEPT)) {
      case CommandRun.End.Exited(int code, Output output, Output errors) ->
          new Finished(code, (output.text() + "\n" + errors.text()).strip());
      case CommandRun.End.TimedOut _ ->
          throw new IOException("%s took longer than %s".formatted(line.getFirst(), within));
      case CommandRun.End.OverLimit(String limit) ->
          throw new IOException("%s: %s".formatted(line.getFirst(), limit));
    };
  }
}
