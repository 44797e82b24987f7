package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.GOAL;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.SESSION;
import static io.nanoswarm.session.Sample.WORKSPACE;
import static io.nanoswarm.session.Sample.active;
import static io.nanoswarm.session.Sample.fence;
import static io.nanoswarm.session.Sample.opened;
import static io.nanoswarm.session.Sample.plan;
import static io.nanoswarm.session.Sample.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nanoswarm.entity.StateDiagram;
import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.EpochStarted;
import io.nanoswarm.session.SessionEvent.FollowUpAsked;
import io.nanoswarm.session.SessionEvent.PlanRecorded;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionPrioritised;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskDiscarded;
import io.nanoswarm.session.SessionEvent.TaskHandedOff;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TaskSuspended;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import io.nanoswarm.session.SessionState.Absent;
import io.nanoswarm.session.SessionState.Active;
import io.nanoswarm.session.SessionState.Concluded;
import io.nanoswarm.session.TaskRecord.Dead;
import io.nanoswarm.session.TaskRecord.Open;
import io.nanoswarm.session.TaskRecord.Phase;
import io.nanoswarm.session.TaskRecord.Settled;
import io.nanoswarm.session.TaskRecord.Suspended;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every event in every state of a session and every phase of a task, possible or not. */
class SessionStateTest {
  /** A session in which the task stands in the phase, or that has no task. */
  private record Before(Class<? extends SessionState> state, Class<? extends Phase> phase) {}

  private record Cell(Before before, Class<? extends SessionEvent> event) {}

  private static final Outcome DONE = new Outcome.Completed("done");

  private static final List<SessionEvent> EVENTS =
      List.of(
          new SessionOpened(NOW, SESSION, GOAL, WORKSPACE, null, null),
          new PlanRecorded(NOW, plan(spec(READ))),
          new EpochStarted(NOW, 7),
          new AttemptEnded(NOW, READ, fence(2), AGENT, "lost", true),
          new TaskSettled(NOW, READ, fence(2), AGENT, NOW, DONE),
          new TaskDied(NOW, READ, "lost"),
          new TaskSuspended(
              NOW, READ, fence(2), AGENT, "half way", new Wait.ForPerson("why?"), List.of()),
          new TaskWoken(NOW, READ, "because"),
          new TaskHandedOff(NOW, READ, fence(2), AGENT, new AgentRole("critic"), "look"),
          new TasksRetried(NOW, List.of(READ), List.of()),
          new TaskDiscarded(NOW, READ),
          new FollowUpAsked(NOW, 2, new Goal("And where is it tested?"), WORKSPACE, null),
          new SessionPaused(NOW),
          new SessionUnpaused(NOW),
          new SessionPrioritised(NOW, Priority.HIGH),
          new SessionConcluded(NOW, new Ending.Completed()));

  /** They concern all tasks of a session alike. */
  private static final Set<Class<? extends SessionEvent>> OF_THE_SESSION =
      Set.of(
          EpochStarted.class, SessionPaused.class, SessionUnpaused.class, SessionPrioritised.class);

  private static final Map<Class<? extends Phase>, Phase> PHASES =
      Map.of(
          Open.class,
          Open.NEW,
          Suspended.class,
          new Suspended("half way", new Wait.ForPerson("why?")),
          Settled.class,
          new Settled(DONE, fence(1), AGENT, NOW, NOW),
          Dead.class,
          new Dead("lost", NOW));

  /** Every legal transition of a planned task, and where it leads. All others are impossible. */
  private static final Map<Cell, Before> LEGAL =
      Map.ofEntries(
          legal(Open.class, EpochStarted.class, Active.class, Open.class),
          legal(Suspended.class, EpochStarted.class, Active.class, Suspended.class),
          legal(Settled.class, EpochStarted.class, Active.class, Settled.class),
          legal(Dead.class, EpochStarted.class, Active.class, Dead.class),
          legal(Open.class, SessionPaused.class, Active.class, Open.class),
          legal(Suspended.class, SessionPaused.class, Active.class, Suspended.class),
          legal(Settled.class, SessionPaused.class, Active.class, Settled.class),
          legal(Dead.class, SessionPaused.class, Active.class, Dead.class),
          legal(Open.class, SessionPrioritised.class, Active.class, Open.class),
          legal(Suspended.class, SessionPrioritised.class, Active.class, Suspended.class),
          legal(Settled.class, SessionPrioritised.class, Active.class, Settled.class),
          legal(Dead.class, SessionPrioritised.class, Active.class, Dead.class),
          legal(Open.class, AttemptEnded.class, Active.class, Open.class),
          legal(Open.class, TaskSettled.class, Active.class, Settled.class),
          legal(Open.class, TaskDied.class, Active.class, Dead.class),
          legal(Suspended.class, TaskDied.class, Active.class, Dead.class),
          legal(Dead.class, TasksRetried.class, Active.class, Open.class),
          legal(Dead.class, TaskDiscarded.class, Active.class, Dead.class),
          late(Dead.class, TasksRetried.class, Active.class, Open.class),
          late(Dead.class, TaskDiscarded.class, Concluded.class, Dead.class),
          late(Open.class, FollowUpAsked.class, Active.class, Dead.class),
          late(Suspended.class, FollowUpAsked.class, Active.class, Dead.class),
          late(Settled.class, FollowUpAsked.class, Active.class, Settled.class),
          late(Dead.class, FollowUpAsked.class, Active.class, Dead.class),
          legal(Open.class, TaskSuspended.class, Active.class, Suspended.class),
          legal(Suspended.class, TaskWoken.class, Active.class, Open.class),
          legal(Open.class, TaskHandedOff.class, Active.class, Open.class),
          legal(Open.class, SessionConcluded.class, Concluded.class, Open.class),
          legal(Suspended.class, SessionConcluded.class, Concluded.class, Suspended.class),
          legal(Settled.class, SessionConcluded.class, Concluded.class, Settled.class),
          legal(Dead.class, SessionConcluded.class, Concluded.class, Dead.class));

  private static Map.Entry<Cell, Before> legal(
      Class<? extends Phase> from,
      Class<? extends SessionEvent> event,
      Class<? extends SessionState> state,
      Class<? extends Phase> to) {
    return Map.entry(new Cell(new Before(Active.class, from), event), new Before(state, to));
  }

  private static Map.Entry<Cell, Before> late(
      Class<? extends Phase> from,
      Class<? extends SessionEvent> event,
      Class<? extends SessionState> state,
      Class<? extends Phase> to) {
    return Map.entry(new Cell(new Before(Concluded.class, from), event), new Before(state, to));
  }

  @Test
  void the_diagram_in_the_docs_shows_just_these_transitions() {
    var arrows =
        LEGAL.entrySet().stream()
            .filter(each -> !OF_THE_SESSION.contains(each.getKey().event()))
            .map(each ->
                StateDiagram.arrow(
                    name(each.getKey().before()), name(each.getValue()), each.getKey().event()));

    StateDiagram.of("A session and one of its tasks").shows(arrows);
  }

  private static String name(Before before) {
    String phase = before.phase().getSimpleName();
    return before.state() == Active.class ? phase : phase + "InConcluded";
  }

  @Test
  void every_state_phase_and_event_is_decided() {
    assertThat(SessionState.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(Absent.class, Active.class, Concluded.class);
    Set<Class<?>> phases = Set.copyOf(PHASES.keySet());
    assertThat(phases).containsExactlyInAnyOrder(Phase.class.getPermittedSubclasses());
    List<Class<?>> events = EVENTS.stream().<Class<?>>map(Object::getClass).toList();
    assertThat(events).containsExactlyInAnyOrder(SessionEvent.class.getPermittedSubclasses());
  }

  @TestFactory
  Stream<DynamicTest> planned_tasks_move_as_listed_and_not_otherwise() {
    return Stream.of(Active.class, Concluded.class)
        .flatMap(state -> PHASES.keySet().stream().map(phase -> new Before(state, phase)))
        .flatMap(before -> EVENTS.stream().map(event -> transition(before, event)));
  }

  private static DynamicTest transition(Before before, SessionEvent event) {
    Before after = LEGAL.get(new Cell(before, event.getClass()));
    String pair =
        "%s with %s task, %s"
            .formatted(
                before.state().getSimpleName(),
                before.phase().getSimpleName(),
                event.getClass().getSimpleName());
    return dynamicTest(
        pair,
        () -> {
          SessionState state = state(before);

          if (after == null) {
            assertThatThrownBy(() -> state.apply(event))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("corrupt");
          } else {
            assertThat(seen(state.apply(event))).isEqualTo(after);
          }
        });
  }

  /** Where a session stands, whatever its tasks do. */
  private enum Stands {
    ABSENT,
    ACTIVE,
    PAUSED,
    CONCLUDED;

    static Stands of(SessionState state) {
      return switch (state) {
        case Absent _ -> ABSENT;
        case Active active -> active.paused() ? PAUSED : ACTIVE;
        case Concluded(var last, _, _) -> {
          assertThat(last.paused()).isFalse();
          yield CONCLUDED;
        }
      };
    }

    SessionState example() {
      var active = state(new Before(Active.class, Dead.class));
      return switch (this) {
        case ABSENT -> new Absent();
        case ACTIVE -> active;
        case PAUSED -> active.apply(new SessionPaused(NOW));
        case CONCLUDED -> active.apply(new SessionConcluded(NOW, new Ending.Completed()));
      };
    }

    String word() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of a session with a dead task; null is what cannot be. */
  private static @Nullable Stands after(Stands before, SessionEvent event) {
    return switch (event) {
      case SessionOpened _ -> before == Stands.ABSENT ? Stands.ACTIVE : null;
      case SessionPaused _ -> before == Stands.ACTIVE ? Stands.PAUSED : null;
      case SessionUnpaused _ -> before == Stands.PAUSED ? Stands.ACTIVE : null;
      case EpochStarted _, SessionPrioritised _ -> goesOn(before) ? before : null;
      case SessionConcluded _ -> goesOn(before) ? Stands.CONCLUDED : null;
      case TaskDiscarded _ -> before == Stands.ABSENT ? null : before;
      case TasksRetried _ ->
          before == Stands.CONCLUDED ? Stands.ACTIVE : goesOn(before) ? before : null;
      case FollowUpAsked _ -> before == Stands.CONCLUDED ? Stands.ACTIVE : null;
      case PlanRecorded _,
          AttemptEnded _,
          TaskSettled _,
          TaskDied _,
          TaskSuspended _,
          TaskWoken _,
          TaskHandedOff _ ->
          null;
    };
  }

  private static boolean goesOn(Stands before) {
    return before == Stands.ACTIVE || before == Stands.PAUSED;
  }

  @TestFactory
  Stream<DynamicTest> sessions_move_as_listed_and_not_otherwise() {
    return Arrays.stream(Stands.values())
        .flatMap(before ->
            EVENTS.stream()
                .map(event ->
                    dynamicTest(
                        before + ", " + event.getClass().getSimpleName(),
                        () -> {
                          var after = after(before, event);
                          if (after == null) {
                            assertThatThrownBy(() -> before.example().apply(event))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("corrupt");
                          } else {
                            assertThat(Stands.of(before.example().apply(event))).isEqualTo(after);
                          }
                        })));
  }

  @Test
  void the_diagram_in_the_docs_shows_just_how_sessions_move() {
    var arrows =
        Arrays.stream(Stands.values())
            .flatMap(before ->
                EVENTS.stream()
                    .flatMap(event ->
                        Stream.ofNullable(after(before, event))
                            .filter(after -> after != before || event instanceof SessionPrioritised)
                            .map(after ->
                                StateDiagram.arrow(
                                    before.word(), after.word(), event.getClass()))));

    StateDiagram.of("A session").shows(arrows);
  }

  @TestFactory
  Stream<DynamicTest> the_tasks_of_a_paused_session_move_as_those_of_others() {
    return PHASES.keySet().stream()
        .flatMap(phase ->
            EVENTS.stream()
                .filter(
                    event -> !(event instanceof SessionPaused || event instanceof SessionUnpaused))
                .map(event ->
                    dynamicTest(
                        phase.getSimpleName() + ", " + event.getClass().getSimpleName(),
                        () -> {
                          var before = new Before(Active.class, phase);
                          var paused = state(before).apply(new SessionPaused(NOW));
                          var after = LEGAL.get(new Cell(before, event.getClass()));
                          if (after == null) {
                            assertThatThrownBy(() -> paused.apply(event))
                                .isInstanceOf(IllegalStateException.class);
                          } else {
                            assertThat(seen(paused.apply(event))).isEqualTo(after);
                          }
                        })));
  }

  private static SessionState state(Before before) {
    TaskRecord record = TaskRecord.planned(spec(READ)).with(PHASES.get(before.phase()));
    var opening = ((Active) opened()).opening();
    var active = new Active(opening, List.of(), READ, 1, Map.of(READ, record), null, null);
    return before.state() == Active.class
        ? active
        : new Concluded(active, new Ending.Completed(), NOW);
  }

  private static Before seen(SessionState state) {
    Active active = state instanceof Concluded(var last, _, _) ? last : (Active) state;
    return new Before(state.getClass(), active.task(READ).orElseThrow().phase().getClass());
  }

  @TestFactory
  Stream<DynamicTest> an_absent_session_can_only_be_opened() {
    return EVENTS.stream()
        .map(event ->
            dynamicTest(
                event.getClass().getSimpleName(),
                () -> {
                  if (event instanceof SessionOpened) {
                    assertThat(new Absent().apply(event)).isEqualTo(opened());
                  } else {
                    assertThatThrownBy(() -> new Absent().apply(event))
                        .isInstanceOf(IllegalStateException.class);
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> nothing_is_known_of_a_task_that_is_not_planned() {
    return EVENTS.stream()
        .map(event ->
            dynamicTest(
                event.getClass().getSimpleName(),
                () -> {
                  switch (event) {
                    case PlanRecorded _ ->
                        assertThat(active(opened(), event).task(READ).orElseThrow().phase())
                            .isEqualTo(Open.NEW);
                    case EpochStarted _ -> assertThat(active(opened(), event).epoch()).isEqualTo(7);
                    case SessionPaused _ -> assertThat(active(opened(), event).paused()).isTrue();
                    case SessionPrioritised _ ->
                        assertThat(active(opened(), event).priority()).isEqualTo(Priority.HIGH);
                    case SessionConcluded _ ->
                        assertThat(opened().apply(event)).isInstanceOf(Concluded.class);
                    case SessionOpened _,
                        AttemptEnded _,
                        TaskSettled _,
                        TaskDied _,
                        TaskSuspended _,
                        TaskWoken _,
                        TaskHandedOff _,
                        TasksRetried _,
                        TaskDiscarded _,
                        FollowUpAsked _,
                        SessionUnpaused _ ->
                        assertThatThrownBy(() -> opened().apply(event))
                            .isInstanceOf(IllegalStateException.class);
                  }
                }));
  }
}
