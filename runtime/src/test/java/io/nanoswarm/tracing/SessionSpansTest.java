package io.nanoswarm.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot.Running;
import io.nanoswarm.session.SessionTrace;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Wait;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.TraceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SessionSpansTest {
  private static final SessionId SESSION = new SessionId("goal-1");
  private static final TraceContext CALLER =
      new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  private static final SessionTrace TRACE = new SessionTrace(SESSION, CALLER);
  private static final AgentName AGENT = new AgentName("reader-1");
  private static final AgentRole READER = new AgentRole("reader");
  private static final TaskId READ = TaskId.of(SESSION, "read");
  private static final TaskId ANSWER = TaskId.of(SESSION, "answer");
  private static final Workspace WORKSPACE =
      new Workspace("/shop", new ArtifactRef("0123456789abcdef".repeat(4), 10), 1, 10);
  private static final Outcome DONE = new Outcome.Completed("done");

  private static final List<SessionEvent> STORY =
      List.of(
          new SessionEvent.SessionOpened(
              at(0), SESSION, new Goal("why?"), WORKSPACE, null, null, CALLER, null),
          new SessionEvent.PlanRecorded(
              at(2),
              new Plan(
                  List.of(
                      TaskSpec.of(READ, READER, "Read"),
                      TaskSpec.of(ANSWER, READER, "Answer").withAfter(List.of(READ))),
                  ANSWER)),
          new SessionEvent.EpochStarted(at(3), 1),
          new SessionEvent.AttemptEnded(at(5), READ, fence(1), AGENT, "it broke", true, at(3)),
          new SessionEvent.TaskSuspended(
              at(8),
              READ,
              fence(2),
              AGENT,
              "half",
              new Wait.ForChildren(List.of(READ.child("part"))),
              List.of(TaskSpec.of(READ.child("part"), READER, "Part")),
              at(6)),
          new SessionEvent.TaskSettled(at(10), READ.child("part"), fence(3), AGENT, at(9), DONE),
          new SessionEvent.TaskWoken(at(10), READ, null),
          new SessionEvent.TaskHandedOff(
              at(12), READ, fence(4), AGENT, new AgentRole("critic"), "look", at(11)),
          new SessionEvent.TaskSettled(at(15), READ, fence(5), AGENT, at(14), DONE),
          new SessionEvent.TaskSettled(
              at(20), ANSWER, fence(6), AGENT, at(18), new Outcome.Failed("no", false)),
          new SessionEvent.SessionConcluded(at(21), new Ending.Failed("no answer")),
          new SessionEvent.TasksRetried(at(30), List.of(ANSWER), List.of()),
          new SessionEvent.TaskSettled(at(35), ANSWER, fence(7), AGENT, at(33), DONE),
          new SessionEvent.SessionConcluded(at(36), new Ending.Completed()));

  @Test
  void every_span_has_its_parent_and_the_session_its_caller() {
    List<EndedSpan> all = spans(STORY);
    var ids = new HashSet<String>(Set.of(CALLER.spanId()));
    all.forEach(span -> ids.add(span.context().spanId()));

    assertThat(all).allSatisfy(span -> assertThat(ids).contains(span.parent().spanId()));
    assertThat(all.stream().map(span -> span.context().spanId())).doesNotHaveDuplicates();
    assertThat(all.stream().map(span -> span.context().traceId())).containsOnly(CALLER.traceId());
    assertThat(named(all, "session").parent()).isEqualTo(CALLER);
    assertThat(named(all, "session").kind()).isEqualTo(EndedSpan.Kind.SERVER);
    assertThat(named(all, "retry").parent()).isEqualTo(TRACE.own());
  }

  @Test
  void the_same_events_give_the_same_spans() {
    assertThat(spans(STORY)).isEqualTo(spans(STORY));
  }

  @Test
  void an_attempt_tells_how_long_its_task_waited_for_it_and_how_it_ended() {
    List<EndedSpan> all = spans(STORY);

    assertThat(attempt(all, 1).attributes())
        .containsEntry("nanoswarm.queue.wait", 1.0)
        .containsEntry("nanoswarm.attempt.number", 1)
        .containsEntry("nanoswarm.attempt.outcome", "failed")
        .containsEntry("gen_ai.agent.name", "reader-1");
    assertThat(attempt(all, 1).error()).isEqualTo("it broke");
    assertThat(attempt(all, 1).start()).isEqualTo(at(3));
    assertThat(attempt(all, 1).end()).isEqualTo(at(5));
    assertThat(attempt(all, 4).attributes())
        .containsEntry("nanoswarm.queue.wait", 1.0)
        .containsEntry("nanoswarm.attempt.outcome", "handed-off");
    assertThat(attempt(all, 5).name()).isEqualTo("attempt critic");
    assertThat(attempt(all, 5).attributes()).containsEntry("nanoswarm.queue.wait", 2.0);
    // Ready when the task before it had ended, and not when it was planned.
    assertThat(attempt(all, 6).attributes()).containsEntry("nanoswarm.queue.wait", 3.0);
    assertThat(attempt(all, 7).attributes()).containsEntry("nanoswarm.queue.wait", 3.0);
  }

  @Test
  void a_task_tells_its_attempts_handoffs_and_retries_and_what_it_delegates_is_below_it() {
    List<EndedSpan> all = spans(STORY);
    EndedSpan read = of(all, TRACE.task(READ, 0));
    EndedSpan again = of(all, TRACE.task(ANSWER, 1));

    assertThat(read.attributes())
        .containsEntry("nanoswarm.task.attempts", 4)
        .containsEntry("nanoswarm.task.handoffs", 1)
        .containsEntry("nanoswarm.task.outcome", "completed");
    assertThat(of(all, TRACE.task(READ.child("part"), 0)).parent()).isEqualTo(read.context());
    assertThat(of(all, TRACE.task(ANSWER, 0)).error()).isEqualTo("no");
    assertThat(again.attributes()).containsEntry("nanoswarm.task.retries", 1);
    assertThat(again.error()).isNull();
    assertThat(again.parent()).isEqualTo(named(all, "retry").context());
  }

  @Test
  void what_has_not_ended_when_the_session_does_has_spans_too() {
    var spans = new SessionSpans(TRACE);
    var all = new ArrayList<EndedSpan>();
    STORY.subList(0, 3).forEach(event -> all.addAll(spans.apply(event)));

    all.addAll(
        spans.cutOff(
            new Running(READ, fence(1), AGENT, new WorkerId("reader-1-w1"), 1, at(4), at(600)),
            at(5)));
    all.addAll(
        spans.apply(new SessionEvent.SessionConcluded(at(5), new Ending.Cancelled("enough"))));

    assertThat(attempt(all, 1).attributes()).containsEntry("nanoswarm.attempt.outcome", "cut-off");
    assertThat(of(all, TRACE.task(READ, 0)).attributes())
        .containsEntry("nanoswarm.task.outcome", "unfinished");
    assertThat(named(all, "session").error()).isNull();
  }

  @Test
  void every_attribute_is_documented() throws IOException {
    String documented = Files.readString(Path.of("../docs/operations.md"));
    var attributes = new TreeSet<String>();
    spans(STORY).forEach(span -> attributes.addAll(span.attributes().keySet()));
    // Those of workers, which have no session's events.
    var literal = Pattern.compile("\"((?:nanoswarm|gen_ai)\\.[a-z_.]+)\"");
    for (String source : List.of("AttemptSpans", "SkillRegistry", "AttemptBoard")) {
      var code =
          Files.readString(
              Path.of("../actors/src/main/java/io/nanoswarm/agent/" + source + ".java"));
      literal.matcher(code).results().forEach(found -> attributes.add(found.group(1)));
    }

    assertThat(attributes).hasSizeGreaterThan(15);
    assertThat(attributes)
        .allSatisfy(name -> assertThat(documented).contains("| `%s` |".formatted(name)));
  }

  private static List<EndedSpan> spans(List<SessionEvent> events) {
    var spans = new SessionSpans(TRACE);
    return events.stream().flatMap(event -> spans.apply(event).stream()).toList();
  }

  private static EndedSpan named(List<EndedSpan> all, String name) {
    return all.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  private static EndedSpan of(List<EndedSpan> all, TraceContext context) {
    return all.stream().filter(span -> span.context().equals(context)).findFirst().orElseThrow();
  }

  private static EndedSpan attempt(List<EndedSpan> all, long counter) {
    TaskId task = counter == 3 ? READ.child("part") : counter >= 6 ? ANSWER : READ;
    return of(all, TRACE.attempt(task, fence(counter)));
  }

  private static Fence fence(long counter) {
    return new Fence(1, counter);
  }

  private static Instant at(long second) {
    return Instant.parse("2026-01-02T03:04:05Z").plusSeconds(second);
  }
}
