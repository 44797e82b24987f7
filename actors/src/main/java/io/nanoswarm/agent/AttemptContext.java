package io.nanoswarm.agent;

import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.LogFields;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Wait;
import io.nanoswarm.skill.Skills;
import io.nanoswarm.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sees during one attempt: turns its calls into requests under the attempt's fence.
 * Thread safe.
 */
final class AttemptContext implements SwarmContext {
  private static final int MAX_OUTCOME = 2048;
  private static final int MAX_CHECKPOINT_BYTES = 64 * 1024;
  private static final int MAX_CHILDREN_BYTES = 128 * 1024;

  /** What a child takes besides its texts, its id as one to wait for included. */
  private static final int CHILD_BYTES = 256;

  private final AgentName name;
  private final TaskId task;
  private final Assignment assignment;
  private final HostLinks links;
  private final ActorRef<AgentHost.Command> host;
  private final Board board;
  private final Memory memory;
  private final Skills skills;
  private final AttemptSpans spans;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile @Nullable String over;
  private volatile @Nullable String failure;

  AttemptContext(
      AgentName name,
      TaskId task,
      Assignment assignment,
      HostLinks links,
      SkillRegistry registry,
      ActorRef<AgentHost.Command> host) {
    this.name = name;
    this.task = task;
    this.assignment = assignment;
    this.links = links;
    this.host = host;
    spans = new AttemptSpans(name, task, assignment, links);
    board =
        new AttemptBoard(
            new Author.Agent(name, task, assignment.fence()),
            assignment,
            links,
            spans,
            this::refuseIfOver,
            this::listen);
    memory = new AttemptMemory(task.session(), name, links, this::refuseIfOver);
    skills = registry.during(this, Path.of(assignment.workspace().root()), spans, ended);
  }

  /** The assignment as an agent is given it. */
  static Task task(Assignment assignment) {
    return new Task(
        assignment.spec(),
        assignment.goal(),
        assignment.earlier(),
        assignment.workspace(),
        assignment.number(),
        assignment.deadline(),
        assignment.results().stream()
            .map(result ->
                new Task.Input(result.task(), result.title(), result.fence(), result.outcome()))
            .toList(),
        assignment.checkpoint(),
        assignment.reply(),
        assignment.handedOffBy());
  }

  /** What log lines about the attempt name. */
  Map<String, String> logFields() {
    var fields = LogFields.of(name, task, assignment.fence());
    TraceContext work = spans.work();
    if (work == null) {
      return fields;
    }
    var traced = new LinkedHashMap<>(fields);
    traced.put(LogFields.TRACE, work.traceId());
    return traced;
  }

  /** Its agent has ended it, and that is stored. */
  void ended() {
    spans.over(failure);
    refuse("it was ended");
  }

  /** From now on everything is refused, and calls of skills that are under way end. */
  void close(String why) {
    spans.over(why);
    refuse(why);
  }

  private void refuse(String why) {
    over = why;
    Thread.ofVirtual().name("attempt-over").start(() -> ended.complete(null));
  }

  @Override
  public AgentName self() {
    return name;
  }

  @Override
  public Board blackboard() {
    return board;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public MessageBus bus() {
    return links.bus();
  }

  @Override
  public ArtifactStore artifacts() {
    return links.artifacts();
  }

  @Override
  public Path cache() {
    return links.cache();
  }

  @Override
  public void progress(String doing) {
    host.tell(new AgentHost.Says(attempt(), doing));
  }

  @Override
  public Optional<String> traceparent() {
    return Optional.ofNullable(spans.work()).map(TraceContext::traceparent);
  }

  @Override
  public Skills skills() {
    return skills;
  }

  @Override
  public void hear(Channel channel, long afterOffset) {
    listen(new AttemptEar.Hear(channel, afterOffset));
  }

  private AttemptId attempt() {
    return new AttemptId(task, assignment.fence());
  }

  private void listen(AttemptEar.Command what) {
    host.tell(new AgentHost.Listen(attempt(), what));
  }

  @Override
  public Duration timeLeft() {
    var left = Duration.between(links.clock().instant(), assignment.deadline());
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public CompletionStage<Void> end(AttemptEnd how) {
    return switch (how) {
      case AttemptEnd.Settled(var outcome) -> {
        failure = outcome instanceof Outcome.Failed(var reason, _) ? reason : null;
        yield end(new AttemptRequest.Settle(shortened(outcome)));
      }
      case AttemptEnd.Released(var reason) -> end(new AttemptRequest.Release(reason));
      case AttemptEnd.Delegated(var children, var checkpoint) -> {
        var ids = children.stream().map(TaskSpec::id).toList();
        yield suspend(checkpoint, new Wait.ForChildren(ids), checked(children));
      }
      case AttemptEnd.AskedHuman(var question, var checkpoint) ->
          suspend(checkpoint, new Wait.ForPerson(question), List.of());
      case AttemptEnd.Slept(var moment, var checkpoint) ->
          suspend(checkpoint, new Wait.ForTime(moment), List.of());
      case AttemptEnd.HandedOff(var role, var context) ->
          end(new AttemptRequest.HandOff(role, checked(context)));
    };
  }

  private CompletionStage<Void> suspend(String checkpoint, Wait wait, List<TaskSpec> children) {
    return end(new AttemptRequest.Suspend(checked(checkpoint), wait, children));
  }

  /** An outcome is told to many: what is longer belongs on the blackboard. */
  private static Outcome shortened(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed(var summary) -> new Outcome.Completed(shortened(summary));
      case Outcome.Failed(var reason, var retryable) ->
          new Outcome.Failed(shortened(reason), retryable);
      case Outcome.Cancelled(var reason) -> new Outcome.Cancelled(shortened(reason));
    };
  }

  private static String shortened(String text) {
    return text.length() <= MAX_OUTCOME ? text : text.substring(0, MAX_OUTCOME - 1) + "…";
  }

  /** A message that is too large for its lane would be lost without a word. */
  private static String checked(String checkpoint) {
    int bytes = checkpoint.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_CHECKPOINT_BYTES) {
      throw new IllegalArgumentException(
          "checkpoint: %d bytes (expected: at most %d; put more into an artifact)"
              .formatted(bytes, MAX_CHECKPOINT_BYTES));
    }
    return checkpoint;
  }

  private static List<TaskSpec> checked(List<TaskSpec> children) {
    int bytes = children.stream().mapToInt(AttemptContext::bytes).sum();
    if (bytes > MAX_CHILDREN_BYTES) {
      throw new IllegalArgumentException(
          "%d children: %d bytes (expected: at most %d; delegate fewer at once, or put what they are told into an artifact)"
              .formatted(children.size(), bytes, MAX_CHILDREN_BYTES));
    }
    return children;
  }

  private static int bytes(TaskSpec child) {
    var texts =
        Stream.of(
                Stream.of(child.id().value(), child.title(), child.instructions()),
                child.parameters().keySet().stream(),
                child.parameters().values().stream(),
                child.after().stream().map(TaskId::value),
                child.needs().stream().map(Need::value))
            .flatMap(Function.identity());
    return CHILD_BYTES + texts.mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length).sum();
  }

  private CompletionStage<Void> end(AttemptRequest request) {
    var stored = new CompletableFuture<Void>();
    host.tell(new AgentHost.End(attempt(), request, stored));
    return stored;
  }

  /** Completes the second as the first does. */
  static void pass(CompletableFuture<Void> from, CompletableFuture<Void> to) {
    var _ =
        from.whenComplete((_, failure) -> {
          if (failure == null) {
            to.complete(null);
          } else {
            to.completeExceptionally(failure);
          }
        });
  }

  private void refuseIfOver() {
    String why = over;
    if (why != null) {
      throw new AttemptOver(task, why);
    }
  }
}
