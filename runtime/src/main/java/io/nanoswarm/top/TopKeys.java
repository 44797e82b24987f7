package io.nanoswarm.top;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.OverviewView.SessionRow;
import io.nanoswarm.api.SessionPriority;
import io.nanoswarm.terminal.Key;
import io.nanoswarm.top.TopModel.Note;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a key does. Pure. */
final class TopKeys {
  /** As much as the endpoint takes, in letters that need two bytes. */
  private static final int LONGEST_ANSWER = 8000;

  private TopKeys() {}

  /**
   * What follows from a key.
   *
   * @param act to be done, null for nothing
   * @param quit whether it was the last
   */
  record Step(TopModel model, @Nullable Act act, boolean quit) {
    static Step to(TopModel model) {
      return new Step(model, null, false);
    }
  }

  /**
   * @param page how many rows are shown at once
   */
  static Step press(TopModel model, Key key, int page) {
    return switch (key.kind()) {
      case INTERRUPT, CLOSED -> new Step(model, null, true);
      case REDRAW -> Step.to(model);
      case TEXT,
          UP,
          DOWN,
          LEFT,
          RIGHT,
          PAGE_UP,
          PAGE_DOWN,
          HOME,
          END,
          ENTER,
          TAB,
          BACKSPACE,
          ERASE_LINE,
          ESCAPE ->
          switch (model.mode()) {
            case Mode.Browsing _ -> browsing(model.saying(null), key, page);
            case Mode.Helping _ -> Step.to(model.in(new Mode.Browsing()));
            case Mode.Confirming(var act, _) -> {
              var after = model.in(new Mode.Browsing());
              yield key.is("y") || key.is("Y") ? new Step(after, act, false) : Step.to(after);
            }
            case Mode.Answering answering -> answering(model, answering, key);
          };
    };
  }

  private static Step browsing(TopModel model, Key key, int page) {
    return switch (key.kind()) {
      case UP -> Step.to(model.move(-1));
      case DOWN -> Step.to(model.move(1));
      case PAGE_UP -> Step.to(model.move(-page));
      case PAGE_DOWN -> Step.to(model.move(page));
      case HOME -> Step.to(model.move(Integer.MIN_VALUE));
      case END -> Step.to(model.move(Integer.MAX_VALUE));
      case TAB, RIGHT -> Step.to(model.on(model.pane().next()));
      case LEFT -> Step.to(model.on(model.pane().previous()));
      case TEXT -> typed(model, key.text());
      case ENTER, BACKSPACE, ERASE_LINE, ESCAPE, REDRAW, INTERRUPT, CLOSED -> Step.to(model);
    };
  }

  private static Step typed(TopModel model, String text) {
    return switch (text) {
      case "q" -> new Step(model, null, true);
      case "?" -> Step.to(model.in(new Mode.Helping()));
      case "1", "2", "3", "4" -> Step.to(model.on(Pane.of(Integer.parseInt(text))));
      case "k" -> Step.to(model.move(-1));
      case "j" -> Step.to(model.move(1));
      case "g" -> Step.to(model.move(Integer.MIN_VALUE));
      case "G" -> Step.to(model.move(Integer.MAX_VALUE));
      case "c" -> model.session().map(session -> cancel(model, session)).orElse(Step.to(model));
      case "r" -> model.session().map(session -> resume(model, session)).orElse(Step.to(model));
      case "p" -> model.session().map(session -> pause(model, session)).orElse(Step.to(model));
      case "+", "=" ->
          model
              .session()
              .map(session -> prioritise(model, session, SessionPriority::higher))
              .orElse(Step.to(model));
      case "-" ->
          model
              .session()
              .map(session -> prioritise(model, session, SessionPriority::lower))
              .orElse(Step.to(model));
      case "a" -> model.session().map(session -> answer(model, session)).orElse(Step.to(model));
      case "x" -> model.agent().map(agent -> kill(model, agent)).orElse(Step.to(model));
      case "d" ->
          model
              .node()
              .map(node ->
                  node.agents() == null
                      ? no(model, "%s has no machine for agents".formatted(node.address()))
                      : ask(
                          model,
                          new Act.Drain(node.address()),
                          "drain %s? it takes no agents until it is started anew"
                              .formatted(node.address())))
              .orElse(Step.to(model));
      default -> Step.to(model);
    };
  }

  private static Step cancel(TopModel model, SessionRow session) {
    return session.endedAt() == null
        ? ask(
            model,
            new Act.Cancel(session.id()),
            "cancel session %s for good?".formatted(session.id()))
        : no(model, "session %s is over".formatted(session.id()));
  }

  private static Step resume(TopModel model, SessionRow session) {
    if (!session.status().equals("paused")) {
      return no(model, "session %s is not paused".formatted(session.id()));
    }
    return new Step(
        model,
        session.pausedAt() == null ? new Act.Resume(session.id()) : new Act.Unpause(session.id()),
        false);
  }

  private static Step pause(TopModel model, SessionRow session) {
    if (session.endedAt() != null) {
      return no(model, "session %s is over".formatted(session.id()));
    }
    return session.pausedAt() == null
        ? new Step(model, new Act.Pause(session.id()), false)
        : no(model, "session %s is paused already; r lets it go on".formatted(session.id()));
  }

  private static Step prioritise(
      TopModel model,
      SessionRow session,
      Function<SessionPriority, Optional<SessionPriority>> step) {
    if (session.endedAt() != null) {
      return no(model, "session %s is over".formatted(session.id()));
    }
    var priority =
        Optional.ofNullable(session.priority()).flatMap(SessionPriority::of).orElse(null);
    if (priority == null) {
      return no(
          model,
          "nobody works on session %s; give it a priority with the command `priority`"
              .formatted(session.id()));
    }
    return step.apply(priority)
        .map(next -> new Step(model, new Act.Prioritise(session.id(), next), false))
        .orElseGet(
            () -> no(model, "session %s has priority %s".formatted(session.id(), priority.word())));
  }

  private static Step answer(TopModel model, SessionRow session) {
    return session.questions().isEmpty()
        ? no(model, "session %s asks nothing".formatted(session.id()))
        : Step.to(model.in(new Mode.Answering(session.id(), session.questions(), 0, "")));
  }

  private static Step kill(TopModel model, AgentView agent) {
    var seen = model.seen();
    long others =
        seen == null || agent.worker() == null
            ? 0
            : seen.agents().stream()
                .filter(each -> agent.worker().equals(each.worker()))
                .filter(each -> !each.equals(agent))
                .count();
    return switch (agent.state()) {
      case "draining" -> no(model, "%s is being replaced already".formatted(agent.name()));
      case "restarting" -> no(model, "%s is being restarted already".formatted(agent.name()));
      default ->
          ask(
              model,
              new Act.Kill(agent.name()),
              "kill the JVM of %s%s? another is started"
                  .formatted(
                      agent.name(),
                      others == 0
                          ? ""
                          : others == 1
                              ? " and of another agent"
                              : " and of %d other agents".formatted(others)));
    };
  }

  private static Step ask(TopModel model, Act act, String question) {
    return Step.to(model.in(new Mode.Confirming(act, question)));
  }

  private static Step no(TopModel model, String why) {
    return Step.to(model.saying(new Note(false, why)));
  }

  private static Step answering(TopModel model, Mode.Answering answering, Key key) {
    var typed = answering.typed();
    return switch (key.kind()) {
      case ESCAPE -> Step.to(model.in(new Mode.Browsing()));
      case ENTER ->
          typed.isBlank()
              ? Step.to(model)
              : new Step(
                  model.in(new Mode.Browsing()),
                  new Act.Answer(answering.session(), answering.question(), typed.strip()),
                  false);
      case TAB -> Step.to(model.in(answering.next()));
      case ERASE_LINE -> Step.to(model.in(answering.with("")));
      case BACKSPACE ->
          Step.to(
              model.in(
                  answering.with(
                      typed.isEmpty()
                          ? ""
                          : typed.substring(0, typed.offsetByCodePoints(typed.length(), -1)))));
      case TEXT ->
          Step.to(
              model.in(
                  typed.length() < LONGEST_ANSWER
                      ? answering.with(typed + key.text())
                      : answering));
      case UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN, HOME, END, REDRAW, INTERRUPT, CLOSED ->
          Step.to(model);
    };
  }
}
