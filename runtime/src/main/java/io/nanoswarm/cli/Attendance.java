package io.nanoswarm.cli;

import io.nanoswarm.api.FollowUpView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.NodeLink;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.View;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run} and {@code resume} have in common: a node, a session on it, the view, the
 * answer; and an end in order whenever the user wants one.
 */
final class Attendance {
  private final Surroundings around;
  private final CommonOptions common;
  private final OutputOptions output;
  private final Console console;
  private @Nullable String id;
  private @Nullable ExitCode concluded;
  private boolean ownNode;

  Attendance(Surroundings around, CommonOptions common, OutputOptions output) {
    this.around = around;
    this.common = common;
    this.output = output;
    console = common.console(around);
  }

  /**
   * @param opening has the node work on a session and gives its id
   */
  ExitCode attend(NodeOptions options, Function<EndpointClient, String> opening) {
    return attendQuestion(options, client -> new FollowUpView(opening.apply(client), 1));
  }

  /**
   * @param asking has the node work on a question of a session
   */
  ExitCode attendQuestion(NodeOptions options, Function<EndpointClient, FollowUpView> asking) {
    var file = output.answerFile(around);
    try (var interrupts = Interrupts.install(Thread.currentThread(), console::restore)) {
      try {
        return attend(options, asking, file);
      } catch (RuntimeException e) {
        if (e instanceof Interrupted || interrupts.any()) {
          return interrupted(interrupts.exitCode());
        }
        throw e;
      }
    }
  }

  private ExitCode attend(
      NodeOptions options,
      Function<EndpointClient, FollowUpView> asking,
      @Nullable AnswerFile file) {
    try (var view = output.view(console, common, around)) {
      view.waiting("starting the swarm");
      try (var link = common.link(around, options)) {
        return attend(link, view, asking, file);
      }
    }
  }

  private ExitCode attend(
      NodeLink link,
      View view,
      Function<EndpointClient, FollowUpView> asking,
      @Nullable AnswerFile file) {
    try {
      ownNode = link.ownsNode();
      view.waiting("opening the session");
      var asked = asking.apply(link.client());
      var session = asked.id();
      id = session;
      var run = new SessionRun(link, view);
      var ended = run.follow(session, asked.question());
      view.close();
      var answer =
          again(link, client -> Optional.ofNullable(output.answer(client, session))).orElse(null);
      concluded =
          new Conclusion(
                  ended,
                  answer,
                  again(link, client -> output.entries(client, session)),
                  file,
                  around,
                  common)
              .print(console, output);
      run.stayForOthers(
          session,
          others ->
              tell(
                  "%d more %s on this node; staying until then. Ctrl-C leaves at once, and the other terminals take over."
                      .formatted(
                          others.size(), others.size() == 1 ? "session runs" : "sessions run")));
      return concluded;
    } catch (Interrupted e) {
      view.close();
      if (link.ownsNode() && concluded == null) {
        tell("pausing");
      }
      throw e;
    } finally {
      ownNode = link.ownsNode();
      view.close();
      var _ = Thread.interrupted(); // what is closed next may have to wait
    }
  }

  /**
   * Of a session that is over. The node may be another terminal's, which ends with its own session:
   * then this terminal looks into the folder by itself.
   */
  private static <T> T again(NodeLink link, Function<EndpointClient, T> request) {
    try {
      return request.apply(link.client());
    } catch (NodeGone _) {
      return request.apply(link.renew());
    }
  }

  private ExitCode interrupted(ExitCode code) {
    if (concluded != null) {
      return concluded;
    }
    if (id == null) {
      tell(
          "interrupted before the session was open; to be sure: "
              + common.typed("sessions", around));
    } else if (ownNode) {
      tell("paused; continue with: " + common.typed("resume " + id, around));
    } else {
      tell(
          "left; the session goes on in another terminal: %s, or %s"
              .formatted(
                  common.typed("watch " + id, around), common.typed("cancel " + id, around)));
    }
    if (output.json() && id != null) {
      JsonView.print(
          console.out().stream(),
          Map.of("event", "result", "session", id, "status", "paused", "exit", code.code()));
    }
    return code;
  }

  private void tell(String text) {
    console.err().info(text);
  }
}
