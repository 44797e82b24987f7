package io.nanoswarm.cli;

import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.SessionPrefix;
import io.nanoswarm.client.UserError;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    header = "Continue a paused session.",
    description =
        "Takes a session up where it was left, or was paused by `pause`, and stays with it like"
            + " `run`.",
    footerHeading = "%nExamples:%n",
    footer = {"  ${ROOT-COMMAND-NAME} resume", "  ${ROOT-COMMAND-NAME} resume 7f3"})
final class ResumeCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "A session, or its beginning. Not needed if only one is paused.")
  private @Nullable String typed;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  ResumeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (!common.hasData(around)) {
      throw typed == null ? nothing() : SessionPrefix.unknown(typed);
    }
    return new Attendance(around, common, output).attend(NodeOptions.DEFAULT, this::resume).code();
  }

  private String resume(EndpointClient client) {
    var session = choose(client.sessions());
    if (session.endedAt() != null) {
      throw UserError.usage(
          "session %s is over: %s".formatted(session.id(), session.status()),
          "look at it with `swarm show %s`".formatted(session.id()));
    }
    if (client.session(session.id()).pausedAt() != null) {
      client.unpause(session.id());
    }
    client.resume(session.id());
    return session.id();
  }

  private SessionSummary choose(List<SessionSummary> sessions) {
    if (typed != null) {
      return SessionPrefix.resolve(typed, sessions);
    }
    var paused = sessions.stream().filter(session -> session.status().equals("paused")).toList();
    return switch (paused.size()) {
      case 0 -> throw nothing();
      case 1 -> paused.getFirst();
      default ->
          throw UserError.usage(
              paused.size() + " sessions are paused",
              "say which with `swarm resume ID`:\n"
                  + paused.stream()
                      .map(session -> "  %s  %s".formatted(session.id(), session.goal()))
                      .collect(Collectors.joining("\n")));
    };
  }

  private static UserError nothing() {
    return UserError.usage("no session is paused", "begin one with `swarm run \"…\"`");
  }
}
