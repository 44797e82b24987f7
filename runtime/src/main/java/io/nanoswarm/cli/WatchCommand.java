package io.nanoswarm.cli;

import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.NodeLink;
import io.nanoswarm.client.UserError;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    header = "Look on while a session runs in another terminal.",
    description = {
      "Shows the session live and prints its answer when it is there. Ctrl-C stops watching, not"
          + " the session. Of a session that is over, prints the answer at once.",
    })
final class WatchCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  WatchCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var file = output.answerFile(around);
    var console = common.console(around);
    try (var interrupts = Interrupts.install(Thread.currentThread(), console::restore);
        var link = common.linkFor(typed, around)) {
      var id = CommonOptions.find(typed, link).id();
      try {
        var ended = watch(id, link);
        var answer = output.answer(link.client(), id);
        return new Conclusion(
                ended, answer, output.entries(link.client(), id), file, around, common)
            .print(console, output)
            .code();
      } catch (Interrupted e) {
        return interrupts.exitCode().code();
      }
    }
  }

  private SessionView watch(String id, NodeLink link) {
    var session = link.client().session(id);
    if (session.ended()) {
      return session;
    }
    if (session.pausedAt() != null) {
      throw UserError.usage(
          "session %s is paused, since %s"
              .formatted(id, session.pausedAt().truncatedTo(ChronoUnit.SECONDS)),
          "let it go on with `swarm unpause %s`, or `swarm resume %s`".formatted(id, id));
    }
    if (session.status().equals("paused")) {
      throw UserError.usage(
          "session " + id + " is paused: nobody works on it",
          "continue it with `swarm resume " + id + "`");
    }
    try (var view = output.view(common.console(around), common, around)) {
      return link.client().follow(id, new Shown(view, () -> {}));
    } catch (NodeGone e) {
      throw new UserError(
          ExitCode.ENVIRONMENT,
          "the node that worked on session " + id + " is gone",
          "watch again if another terminal took over, or continue it with `swarm resume "
              + id
              + "`");
    }
  }
}
