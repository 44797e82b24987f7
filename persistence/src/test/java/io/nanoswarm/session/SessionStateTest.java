package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.GOAL;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.SESSION;
import static io.nanoswarm.session.Sample.WORKSPACE;
import static io.nanoswarm.session.Sample.active;
import static io.nanoswarm.session.Sample.fence;
import static io.nanoswarm.session.Sample.opened;
import static io.nanoswarm.session.Sample.plan;
import static io.nanoswarm.session.Sample.planned;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.Sample.task;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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

  @Test
  void the_time_limit_of_a_paused_session_stands_still() {
    var limit = Duration.ofHours(1);
    var paused =
        active(
            new Absent().apply(new SessionOpened(NOW, SESSION, GOAL, WORKSPACE, limit, null)),
            new SessionPaused(NOW.plusSeconds(60)));
    var late = NOW.plusSeconds(60).plus(Duration.ofDays(2));

    assertThat(active(paused, new TasksRetried(late, List.of(), List.of())).question().timeLimit())
        .isEqualTo(limit);
    assertThat(active(paused, new SessionUnpaused(late)).question().timeLimit())
        .isEqualTo(limit.plus(Duration.ofDays(2)));
    // A clock that was set back takes nothing away.
    assertThat(active(paused, new SessionUnpaused(NOW)).question().timeLimit()).isEqualTo(limit);
    var over = (Concluded) paused.apply(new SessionConcluded(late, new Ending.Completed()));
    assertThat(over.last().question().timeLimit()).isEqualTo(limit.plus(Duration.ofDays(2)));
  }

  @Test
  void the_pause_of_a_further_question_leaves_the_limits_of_earlier_ones() {
    var limit = Duration.ofHours(1);
    var further = new FollowUpAsked(NOW, 2, new Goal("And where is it tested?"), WORKSPACE, limit);
    var session =
        active(
            opened().apply(new SessionConcluded(NOW, new Ending.Completed())),
            further,
            new SessionPaused(NOW),
            new SessionUnpaused(NOW.plusSeconds(10)));

    assertThat(session.opening().timeLimit()).isNull();
    assertThat(session.question().timeLimit()).isEqualTo(limit.plusSeconds(10));
  }

  @Test
  void a_session_moves_all_its_tasks_as_many_steps_as_it_is_from_normal_itself() {
    var session =
        planned(
            spec(READ).withPriority(Priority.LOW),
            spec(task("now")).withPriority(Priority.URGENT),
            spec(ANSWER));
    assertThat(priorities(session)).containsExactly(Priority.LOW, Priority.URGENT, Priority.NORMAL);

    assertThat(priorities(active(session, new SessionPrioritised(NOW, Priority.HIGH))))
        .containsExactly(Priority.NORMAL, Priority.URGENT, Priority.HIGH);
    assertThat(priorities(active(session, new SessionPrioritised(NOW, Priority.LOW))))
        .containsExactly(Priority.LOW, Priority.HIGH, Priority.LOW);
  }

  private static List<Priority> priorities(Active session) {
    return session.tasks().values().stream().map(session::priorityOf).toList();
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

  @Test
  void a_task_that_is_tried_again_has_all_its_attempts_and_what_comes_after_it_waits() {
    var session =
        active(
            planned(spec(READ), spec(ANSWER, READ)),
            new AttemptEnded(NOW, READ, fence(1), AGENT, "lost", true),
            new TaskDied(NOW, READ, "lost"),
            new TaskSettled(NOW, ANSWER, fence(2), AGENT, NOW, DONE));
    assertThat(session.allEnded()).isTrue();

    session = active(session, new TasksRetried(NOW, List.of(READ), List.of(ANSWER)));

    assertThat(ready(session)).containsExactly(READ);
    assertThat(session.allEnded()).isFalse();
    TaskRecord task = session.task(READ).orElseThrow();
    assertThat(task.attempts()).isZero();
    assertThat(task.retries()).isEqualTo(1);
    assertThat(task.lastEnded()).isEqualTo(fence(1));
    assertThat(task.history()).containsExactly("lost", "tried again");
    session = active(session, new TaskSettled(NOW, READ, fence(3), AGENT, NOW, DONE));
    assertThat(session.task(READ).orElseThrow().settledAtOnce()).isFalse();
    assertThat(ready(session)).containsExactly(ANSWER);
  }

  @Test
  void a_time_limit_that_has_passed_begins_anew_with_what_is_tried_again() {
    var limit = Duration.ofHours(1);
    var opened = new Absent().apply(new SessionOpened(NOW, SESSION, GOAL, WORKSPACE, limit, null));
    var early = new TasksRetried(NOW.plusSeconds(60), List.of(), List.of());
    var late = new TasksRetried(NOW.plus(limit).plusSeconds(60), List.of(), List.of());

    assertThat(active(opened, early).opening().timeLimit()).isEqualTo(limit);
    assertThat(active(opened, late).opening().timeLimit())
        .isEqualTo(limit.plusSeconds(60).plus(limit));
  }

  @Test
  void a_task_is_ready_once_everything_before_it_has_ended_well_or_not() {
    var other = task("other");
    var session = planned(spec(READ), spec(other), spec(ANSWER, READ, other));
    assertThat(ready(session)).containsExactly(READ, other);

    session = active(session, new TaskSettled(NOW, READ, fence(1), AGENT, NOW, DONE));
    assertThat(ready(session)).containsExactly(other);

    session = active(session, new TaskDied(NOW, other, "lost"));
    assertThat(ready(session)).containsExactly(ANSWER);
  }

  @Test
  void an_attempt_that_counts_is_counted_and_one_that_does_not_is_not() {
    var session =
        active(
            planned(spec(READ)),
            new AttemptEnded(NOW, READ, fence(1), AGENT, "given back", false),
            new AttemptEnded(NOW, READ, fence(2), AGENT, "lost", true));

    TaskRecord task = session.task(READ).orElseThrow();
    assertThat(task.attempts()).isEqualTo(1);
    assertThat(task.lastEnded()).isEqualTo(fence(2));
    assertThat(task.history()).containsExactly("given back", "lost");
  }

  @Test
  void a_task_keeps_its_latest_reasons_only() {
    var ends =
        IntStream.rangeClosed(1, TaskRecord.HISTORY + 2)
            .<SessionEvent>mapToObj(
                i -> new AttemptEnded(NOW, READ, fence(i), AGENT, "reason " + i, false))
            .toList();

    var history = active(planned(spec(READ)), ends).task(READ).orElseThrow().history();

    assertThat(history)
        .hasSize(TaskRecord.HISTORY)
        .startsWith("reason 3")
        .endsWith("reason " + ends.size());
  }

  @Test
  void a_woken_task_has_its_checkpoint_and_the_reply() {
    var session = active(planned(spec(READ)), EVENTS.get(6), EVENTS.get(7));

    assertThat(session.task(READ).orElseThrow().phase())
        .isEqualTo(new Open("half way", "because", null));
  }

  @Test
  void an_attempt_that_was_cut_off_leaves_checkpoint_and_reply_to_the_next() {
    var session = active(planned(spec(READ)), EVENTS.get(6), EVENTS.get(7), EVENTS.get(3));

    assertThat(session.task(READ).orElseThrow().phase())
        .isEqualTo(new Open("half way", "because", null));
  }

  @Test
  void a_task_handed_off_has_another_role_and_the_context_and_keeps_the_rest() {
    var session = active(planned(spec(READ)), EVENTS.get(3), EVENTS.get(8));

    TaskRecord task = session.task(READ).orElseThrow();
    assertThat(task.spec().role()).isEqualTo(new AgentRole("critic"));
    assertThat(task.spec().instructions()).isEqualTo(spec(READ).instructions());
    assertThat(task.phase()).isEqualTo(new Open("look", null, Sample.ROLE));
    assertThat(task.attempts()).isEqualTo(1);
    assertThat(task.handoffs()).isEqualTo(1);
  }

  @Test
  void creating_a_child_twice_is_creating_it_once() {
    var child = spec(READ.child("part"));
    var suspended =
        new TaskSuspended(
            NOW, READ, fence(1), AGENT, "c", new Wait.ForPerson("why?"), List.of(child));
    var session = active(planned(spec(READ)), suspended);

    session =
        active(
            session,
            new TaskSettled(NOW, child.id(), fence(2), AGENT, NOW, DONE),
            new TaskWoken(NOW, READ, null),
            suspended);

    assertThat(session.tasks()).containsOnlyKeys(READ, child.id());
    assertThat(session.task(child.id()).orElseThrow().completed()).isTrue();
  }

  private static List<TaskId> ready(Active session) {
    return session.tasks().values().stream().filter(session::ready).map(TaskRecord::id).toList();
  }
}
