package io.nanoswarm.blackboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.blackboard.BlackboardEvent.AttemptEnded;
import io.nanoswarm.blackboard.BlackboardEvent.AttemptSettled;
import io.nanoswarm.blackboard.BlackboardEvent.EntryPosted;
import io.nanoswarm.blackboard.BlackboardState.Attempt;
import io.nanoswarm.blackboard.BlackboardState.Ended;
import io.nanoswarm.blackboard.BlackboardState.Open;
import io.nanoswarm.blackboard.BlackboardState.Settled;
import io.nanoswarm.entity.StateDiagram;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlackboardStateTest {
  private static final TaskId TASK = new TaskId("goal-1/read");
  private static final Fence FIRST = new Fence(1, 1);
  private static final Fence SECOND = new Fence(1, 2);
  private static final EntryPath A = EntryPath.in(Section.FINDINGS, "a");
  private static final EntryPath B = EntryPath.in(Section.FINDINGS, "b");

  private final BlackboardState empty = BlackboardState.EMPTY;

  @Test
  void revision_grows_by_one_per_change_from_one() {
    var one = empty.apply(posted(1, A, FIRST));
    var two = one.apply(posted(2, A, FIRST));

    assertThat(one.revision()).isEqualTo(1);
    assertThat(two.revision()).isEqualTo(2);
    assertThat(two.since(0)).extracting(Entry::revision).containsExactly(2L);
  }

  @Test
  void marked_entries_take_the_next_revisions_in_the_order_listed() {
    var state =
        empty
            .apply(posted(1, A, FIRST))
            .apply(posted(2, B, FIRST))
            .apply(new AttemptEnded(TASK, FIRST, List.of(B, A)));

    assertThat(state.revision()).isEqualTo(4);
    assertThat(state.since(2)).extracting(Entry::path).containsExactly(B, A);
    assertThat(state.since(0)).allMatch(Entry::unfinished);
  }

  @Test
  void a_replaced_entry_gives_its_bytes_back() {
    var state = empty.apply(posted(1, A, FIRST)).apply(posted(2, A, FIRST));

    assertThat(state.bytes()).isEqualTo(draft(A).bytes());
  }

  @Test
  void sections_are_read_by_path() {
    var state = empty.apply(posted(1, B, FIRST)).apply(posted(2, A, FIRST));

    assertThat(state.in(Set.of(Section.FINDINGS))).extracting(Entry::path).containsExactly(A, B);
    assertThat(state.in(EnumSet.complementOf(EnumSet.of(Section.FINDINGS)))).isEmpty();
  }

  @Test
  void the_swarm_is_bound_to_no_attempt() {
    var state = empty.apply(new AttemptSettled(TASK, FIRST, List.of()));

    assertThat(state.refusal(new Author.Swarm())).isNull();
    assertThat(state.refusal(author(FIRST))).isEqualTo(FIRST);
  }

  @Test
  void the_end_of_an_attempt_that_is_not_later_than_the_settled_one_means_a_corrupt_journal() {
    var state = empty.apply(new AttemptSettled(TASK, SECOND, List.of()));

    assertThatThrownBy(() -> state.apply(new AttemptEnded(TASK, FIRST, List.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected: of a later attempt");
    assertThatThrownBy(() -> state.apply(new AttemptSettled(TASK, SECOND, List.of())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_entry_out_of_turn_means_a_corrupt_journal() {
    assertThatThrownBy(() -> empty.apply(posted(2, A, FIRST)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected: revision 1");
  }

  @Test
  void a_mark_on_nothing_means_a_corrupt_journal() {
    assertThatThrownBy(() -> empty.apply(new AttemptEnded(TASK, FIRST, List.of(A))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("findings/a.md");
  }

  @Test
  void a_post_of_an_attempt_that_is_over_means_a_corrupt_journal() {
    var state = empty.apply(new AttemptEnded(TASK, SECOND, List.of()));

    assertThatThrownBy(() -> state.apply(posted(1, A, SECOND)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** For each event, what a later attempt's fact makes of each phase. */
  private static final Map<Class<?>, Map<Class<?>, Class<?>>> TRANSITIONS =
      Map.of(
          EntryPosted.class,
          always(Open.class),
          AttemptEnded.class,
          always(Ended.class),
          AttemptSettled.class,
          always(Settled.class));

  private static Map<Class<?>, Class<?>> always(Class<?> after) {
    return Map.of(
        Unknown.class, after, Open.class, after, Ended.class, after, Settled.class, after);
  }

  /** The phase of a task that the blackboard has not heard of. */
  private record Unknown() {}

  @Test
  void the_diagram_in_the_docs_shows_just_these_transitions() {
    StateDiagram.of("What a blackboard knows of a task's latest attempt")
        .shows(
            TRANSITIONS.entrySet().stream()
                .flatMap(event ->
                    event.getValue().entrySet().stream()
                        .map(phase ->
                            StateDiagram.arrow(
                                phase.getKey().getSimpleName(),
                                phase.getValue().getSimpleName(),
                                event.getKey()))));
  }

  @Test
  void every_event_meets_every_phase_of_an_attempt() {
    assertThat(TRANSITIONS.keySet())
        .containsExactlyInAnyOrder(BlackboardEvent.class.getPermittedSubclasses());
    for (Class<?> phase : phases()) {
      for (BlackboardEvent event : laterFacts()) {
        assertThat(in(phase).apply(event).attempts().get(TASK))
            .as("%s in %s", event, phase)
            .isInstanceOf(TRANSITIONS.get(event.getClass()).get(phase))
            .extracting(Attempt::fence)
            .isEqualTo(SECOND);
      }
    }
  }

  private static Set<Class<?>> phases() {
    var phases = new HashSet<Class<?>>(Arrays.asList(Attempt.class.getPermittedSubclasses()));
    phases.add(Unknown.class);
    return phases;
  }

  private static List<BlackboardEvent> laterFacts() {
    return List.of(
        posted(1, A, SECOND),
        new AttemptEnded(TASK, SECOND, List.of()),
        new AttemptSettled(TASK, SECOND, List.of()));
  }

  private static BlackboardState in(Class<?> phase) {
    Map<TaskId, Attempt> attempts =
        phase == Unknown.class
            ? Map.of()
            : Map.of(
                TASK,
                phase == Open.class
                    ? new Open(FIRST)
                    : phase == Ended.class ? new Ended(FIRST) : new Settled(FIRST));
    return new BlackboardState(0, Map.of(), attempts, 0);
  }

  private static EntryPosted posted(long revision, EntryPath path, Fence fence) {
    return new EntryPosted(
        new Entry(revision, draft(path), author(fence), Instant.EPOCH, false), List.of());
  }

  private static Author author(Fence fence) {
    return new Author.Agent(new AgentName("reader-1"), TASK, fence);
  }

  private static Draft draft(EntryPath path) {
    return Draft.of(path, "content");
  }
}
