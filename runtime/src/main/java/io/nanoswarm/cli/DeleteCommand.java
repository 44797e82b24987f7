package io.nanoswarm.cli;

import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.SessionPrefix;
import io.nanoswarm.client.UserError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    header = "Delete sessions that are over, with all that is kept of them.",
    description = {
      "Events, blackboard, memories and files of a session are deleted, all or none. There is no"
          + " way back; see `backup`."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} delete 7f3 9ab",
      "  ${ROOT-COMMAND-NAME} delete --older-than 30d --dry-run"
    })
final class DeleteCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Sessions, or their beginnings.")
  private List<String> typed = List.of();

  @Option(names = "--ended", description = "All that are over.")
  private boolean ended;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      description = "All that have been over for longer than this, as in 12h or 30d.")
  private @Nullable String olderThan;

  @Option(names = "--dry-run", description = "Say which, and delete none.")
  private boolean dryRun;

  @Mixin private final CommonOptions common = new CommonOptions();

  DeleteCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Duration age = olderThan == null ? null : TimeText.parse("--older-than", olderThan);
    if (typed.isEmpty() && !ended && age == null) {
      throw UserError.usage(
          "nothing is chosen", "name sessions, or choose with --ended or --older-than 30d");
    }
    if (!typed.isEmpty() && (ended || age != null)) {
      throw UserError.usage(
          "sessions are named and chosen by --ended or --older-than", "do one or the other");
    }
    if (!common.hasData(around)) {
      if (typed.isEmpty()) {
        tell("nothing to delete");
        return ExitCode.COMPLETED.code();
      }
      throw SessionPrefix.unknown(typed.getFirst());
    }
    try (var link = common.link(around)) {
      var chosen = chosen(link.client().sessions(), age);
      for (var session : dryRun ? chosen : List.<SessionSummary>of()) {
        tell("would delete %s, %s: %s".formatted(session.id(), session.status(), session.goal()));
      }
      if (chosen.isEmpty()) {
        tell("nothing to delete");
      } else if (!dryRun) {
        var deleted = link.client().delete(chosen.stream().map(SessionSummary::id).toList());
        tell(
            "deleted %d %s: %d rows, %d files"
                .formatted(
                    deleted.sessions(),
                    deleted.sessions() == 1 ? "session" : "sessions",
                    deleted.rows(),
                    deleted.artifacts()));
      }
      return ExitCode.COMPLETED.code();
    }
  }

  private List<SessionSummary> chosen(List<SessionSummary> sessions, @Nullable Duration age) {
    var chosen = new ArrayList<SessionSummary>();
    for (String each : typed) {
      chosen.add(SessionPrefix.resolve(each, sessions));
    }
    Instant before = age == null ? around.clock().instant() : around.clock().instant().minus(age);
    for (SessionSummary session : typed.isEmpty() ? sessions : List.<SessionSummary>of()) {
      var endedAt = session.endedAt();
      if (endedAt != null && !endedAt.isAfter(before)) {
        chosen.add(session);
      }
    }
    return chosen.stream().distinct().toList();
  }

  private void tell(String text) {
    common.console(around).err().done(text);
  }
}
