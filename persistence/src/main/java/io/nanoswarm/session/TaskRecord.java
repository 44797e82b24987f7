package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one task. Whether an attempt at it runs right now is not stored: see {@link
 * SessionSnapshot}.
 *
 * @param spec as planned; its role changes with a handoff
 * @param plannedAs the role before the first handoff, null if there was none; JSON leaves it out
 *     then
 * @param phase where the task stands
 * @param attempts how many attempts have ended that count
 * @param handoffs how often its role has changed
 * @param lastEnded the latest attempt that ended, null before the first did
 * @param uncounted how often an attempt at it was given back or suspended it
 * @param retries how often a person had it done anew; what is counted is counted since the latest
 * @param discarded whether a person has seen that it ended badly, and wants to hear no more of it
 * @param history why the latest attempts ended without settling the task, at most {@value
 *     #HISTORY}, oldest first
 */
public record TaskRecord(
    TaskSpec spec,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AgentRole plannedAs,
    Phase phase,
    int attempts,
    int handoffs,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int uncounted,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int retries,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean discarded,
    @Nullable Fence lastEnded,
    List<String> history) {
  static final int HISTORY = 10;

  /** Where a task stands. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Open.class, name = "open"),
    @JsonSubTypes.Type(value = Suspended.class, name = "suspended"),
    @JsonSubTypes.Type(value = Settled.class, name = "settled"),
    @JsonSubTypes.Type(value = Dead.class, name = "dead")
  })
  public sealed interface Phase {}

  /**
   * May be tried, once the tasks before it have ended.
   *
   * @param checkpoint what an earlier attempt left when it suspended or handed the task off
   * @param reply what a person answered since
   * @param handedOffBy the role that handed the task off, if that is how it came here
   */
  public record Open(
      @Nullable String checkpoint, @Nullable String reply, @Nullable AgentRole handedOffBy)
      implements Phase {
    static final Open NEW = new Open(null, null, null);
  }

  /** Waits, and holds no agent. */
  public record Suspended(String checkpoint, Wait waitFor) implements Phase {}

  /** Has its one outcome. */
  public record Settled(Outcome outcome, Fence fence, AgentName agent, Instant beganAt, Instant at)
      implements Phase {}

  /** Has used up its attempts, could not be done by anybody, or was discarded. */
  public record Dead(String reason, Instant at) implements Phase {}

  public TaskRecord {
    history = List.copyOf(history);
  }

  static TaskRecord planned(TaskSpec spec) {
    return new TaskRecord(spec, null, Open.NEW, 0, 0, 0, 0, false, null, List.of());
  }

  public TaskId id() {
    return spec.id();
  }

  /** The tasks that must end before this one can go on. */
  List<TaskId> waitsFor() {
    return switch (phase) {
      case Open _ -> spec.after();
      case Suspended(_, Wait.ForChildren(var children)) -> children;
      case Suspended _, Settled _, Dead _ -> List.of();
    };
  }

  /**
   * Whether the attempt that settled the task was its first: no other was ever granted, not even by
   * an incarnation of the session that forgot it.
   */
  public boolean settledAtOnce() {
    return phase instanceof Settled(_, var fence, _, _, _)
        && fence.epoch() == 1
        && retries == 0
        && attempts == 0
        && handoffs == 0
        && uncounted == 0;
  }

  /** Whether nothing more will happen to the task. */
  public boolean ended() {
    return phase instanceof Settled || phase instanceof Dead;
  }

  public boolean completed() {
    return phase instanceof Settled settled && settled.outcome() instanceof Outcome.Completed;
  }

  /** Whether it stands as it was planned: nothing that began has come to anything. */
  boolean untouched() {
    return phase.equals(Open.NEW) && plannedAs == null;
  }

  /** Whether it is over, and not as it should be: dead, failed or cancelled. */
  public boolean endedBadly() {
    return ended() && !completed();
  }

  TaskRecord with(Phase next) {
    return new TaskRecord(
        spec, plannedAs, next, attempts, handoffs, uncounted, retries, discarded, lastEnded,
        history);
  }

  TaskRecord settled(Settled next) {
    return new TaskRecord(
        spec,
        plannedAs,
        next,
        attempts,
        handoffs,
        uncounted,
        retries,
        discarded,
        next.fence(),
        history);
  }

  TaskRecord suspended(Suspended next, Fence fence) {
    return new TaskRecord(
        spec,
        plannedAs,
        next,
        attempts,
        handoffs,
        uncounted + 1,
        retries,
        discarded,
        fence,
        history);
  }

  TaskRecord attemptEnded(Fence fence, String reason, boolean counted) {
    return new TaskRecord(
        spec,
        plannedAs,
        phase,
        counted ? attempts + 1 : attempts,
        handoffs,
        counted ? uncounted : uncounted + 1,
        retries,
        discarded,
        fence,
        historyWith(reason));
  }

  private List<String> historyWith(String reason) {
    var reasons = Stream.concat(history.stream(), Stream.of(reason)).toList();
    return reasons.subList(Math.max(0, reasons.size() - HISTORY), reasons.size());
  }

  /** As if it were new, but for what has happened to it. */
  TaskRecord again(String reason) {
    return new TaskRecord(
        plannedAs == null ? spec : spec.withRole(plannedAs),
        null,
        Open.NEW,
        0,
        0,
        0,
        retries + 1,
        false,
        lastEnded,
        historyWith(reason));
  }

  TaskRecord discard() {
    return new TaskRecord(
        spec, plannedAs, phase, attempts, handoffs, uncounted, retries, true, lastEnded, history);
  }

  TaskRecord handedOff(Fence fence, AgentRole to, String context) {
    return new TaskRecord(
        spec.withRole(to),
        plannedAs == null ? spec.role() : plannedAs,
        new Open(context, null, spec.role()),
        attempts,
        handoffs + 1,
        uncounted,
        retries,
        discarded,
        fence,
        history);
  }
}
