package io.nanoswarm.session;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.entity.SameNode;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.trace.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * The durable record of one goal: the one truth about its plan, its tasks, their outcomes and its
 * ending.
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>What a reply confirms is in the journal before the reply is sent.
 *   <li>A task is settled at most once. What an attempt reports after it is over is refused, by its
 *       fence.
 *   <li>Every command may be sent again: it is answered as the first time, or refused since the
 *       session has moved on.
 *   <li>No attempt is granted from when the session's pause is stored until that of its end is.
 *   <li>Fences grow over all incarnations of the session.
 * </ul>
 *
 * <p>Not promised: that attempts survive the session's restart after a failed write, or two moves
 * of it; that watchers hear every update (the first they hear holds everything). Beginnings of
 * attempts are not stored: a session that has moved hears of those that run from their hosts, and
 * lets others wait for {@link SessionSettings#adoptWithin} before it grants anew.
 *
 * <p>Lifecycle: started by sharding at the first message for its id; leaves memory when nobody
 * watches it, no attempt runs and no message came for {@link SessionSettings#idleTimeout}. After a
 * failed write it is restarted with backoff and answers nothing meanwhile.
 */
public final class Session {
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "session");

  /** What a session is told. */
  public sealed interface Command extends CborSerializable {}

  /**
   * Opens the session. Opening it again changes nothing and is answered the same.
   *
   * @param timeLimit until the session's end, null for none
   * @param swarm the definition of the session's swarm, null for the built-in one
   * @param trace what the session's spans belong to, null if it is not to be traced
   * @param agents what is wanted of the built-in agents, null for nothing but the usual
   */
  public record Open(
      Goal goal,
      Workspace workspace,
      @Nullable Duration timeLimit,
      @Nullable ArtifactRef swarm,
      @Nullable TraceContext trace,
      @Nullable AgentWishes agents,
      ActorRef<SessionSnapshot> replyTo)
      implements Command {

    /** Without a trace, with the usual agents. */
    public Open(
        Goal goal,
        Workspace workspace,
        @Nullable Duration timeLimit,
        @Nullable ArtifactRef swarm,
        ActorRef<SessionSnapshot> replyTo) {
      this(goal, workspace, timeLimit, swarm, null, null, replyTo);
    }
  }

  /** Stores the plan of a question that has none. Answered with what is wrong with it otherwise. */
  public record RecordPlan(Plan plan, ActorRef<PlanReply> replyTo) implements Command {}

  /** Answers with everything known; {@link SessionState.Absent} if nobody has opened it. */
  public record GetSession(ActorRef<SessionSnapshot> replyTo) implements Command {}

  /**
   * Tells the watcher where the session stands, at once and after every change, until it stops. For
   * who is on the session's node: it is told all of it each time.
   */
  public record Watch(ActorRef<SessionUpdate> watcher) implements Command {}

  /**
   * The same for who may be on another node: it is told where the session stands once, and after
   * that what changes. What was lost on the way shows in the numbers, if it asks again now and
   * then.
   *
   * @param seen of what it was told last; null if it has to be told where the session stands
   */
  public record Follow(FollowReply.@Nullable Mark seen, ActorRef<FollowReply> follower)
      implements Command {}

  /**
   * Gives a suspended task what a person answered. Answered with the session as it then is; changes
   * nothing if the task does not wait for this answer.
   *
   * @param askedBy the attempt that asked, as {@link TaskRecord#lastEnded} of the waiting task:
   *     what answers one question never answers a later one
   */
  public record Answer(TaskId task, Fence askedBy, String reply, ActorRef<SessionSnapshot> replyTo)
      implements Command {}

  /**
   * Ends a task that is ready and that nobody could ever do, as dead. Harmless if it has an attempt
   * or has ended.
   */
  public record Abandon(TaskId task, String reason) implements Command {}

  /**
   * Has tasks done anew that have ended badly, and those that came after them: what had ended
   * counts no more, attempts at what comes after are over. A session that is over goes on, unless
   * it was cancelled; one that failed or timed out even if no task has ended badly.
   *
   * @param tasks empty for all that have ended badly and were not discarded
   */
  public record Retry(List<TaskId> tasks, ActorRef<WishReply> replyTo) implements Command {
    public Retry {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * Gives a task up, and all that it delegated: it is dead, and its attempt is over. Of a task that
   * has ended badly it is noted that a person has seen it.
   */
  public record Discard(TaskId task, String reason, ActorRef<WishReply> replyTo)
      implements Command {}

  /**
   * Asks a session that is over a further question: it goes on with that, is planned anew, and what
   * was found before stays. Refused while a question is worked on, if the session was cancelled,
   * and if it has been asked {@link FollowUp#MOST_QUESTIONS} questions. Asking the same again is
   * answered as the first time.
   *
   * @param number one more than the session has been asked
   * @param workspace the folder as it is now
   * @param timeLimit until the session's end, null for none
   */
  public record AskFurther(
      int number,
      Goal goal,
      Workspace workspace,
      @Nullable Duration timeLimit,
      ActorRef<WishReply> replyTo)
      implements Command {}

  /**
   * Has nothing of the session begun until it is {@linkplain Unpause unpaused}: attempts that run
   * go on and end as they do, and no other is granted once this is stored, wherever the session is
   * read from then on. Its time limit stands still meanwhile; those of attempts, and moments that
   * tasks wait for, do not. All else a person wants of it is done as ever: it may be answered,
   * cancelled, and have tasks tried again or given up. If its last tasks end meanwhile, it
   * concludes.
   *
   * <p>Refused if it is over. A session that is paused stays so, since when it was.
   */
  public record Pause(ActorRef<WishReply> replyTo) implements Command {}

  /** Lets a paused session go on; one that is not goes on. Refused if it is over. */
  public record Unpause(ActorRef<WishReply> replyTo) implements Command {}

  /**
   * Makes all tasks of the session more or less urgent than those of others, by {@link
   * Priority#within}: those that wait, and those to come. Attempts that run go on. Refused if it is
   * over; what it is already is no change.
   */
  public record Prioritise(Priority priority, ActorRef<WishReply> replyTo) implements Command {}

  /**
   * Ends the session; running attempts are cancelled. The first ending stands. Answered with the
   * session, which goes on if it was to be completed or partial while a task has not ended, if it
   * was to be timed out while it is paused, if the ending is of another question than it works on,
   * and if it has been planned where the ending is for want of a plan.
   *
   * @param question the number of the question whose ending this is, from 1
   * @param unplanned whether it ends for want of a plan: another node may have made one meanwhile
   */
  public record Conclude(
      int question, Ending ending, boolean unplanned, ActorRef<SessionSnapshot> replyTo)
      implements Command {
    /** An ending that holds whether there is a plan or not. */
    public Conclude(int question, Ending ending, ActorRef<SessionSnapshot> replyTo) {
      this(question, ending, false, replyTo);
    }
  }

  /**
   * Has the session leave memory if it is over or was never opened, and answers with it when it
   * has. Then it has stored all that it will, unless it is told something anew.
   *
   * @param whatever leaves memory though it goes on: it is listed no more. {@code false} from older
   *     nodes
   */
  public record Leave(boolean whatever, ActorRef<SessionSnapshot> replyTo) implements Command {}

  /**
   * The JVM of an attempt is known to have ended: the attempt is over. Harmless if it was over
   * before.
   */
  public record HostLost(TaskId task, WorkerId worker, String reason) implements Command {}

  /**
   * Begins an attempt at a task that is ready and has none. An agent has one attempt at a time at
   * the tasks of a session: while it has another, the beginning waits for the end of that.
   *
   * @param claim comes back with the reply, so that a host knows which of its claims was met; 0 if
   *     the host itself asks
   * @param host is told if the attempt is over before it ended itself
   * @param replyTo the host, also if a queue asks in its name
   */
  public record Begin(
      TaskId task,
      AgentName agent,
      WorkerId worker,
      long claim,
      ActorRef<AttemptCancelled> host,
      ActorRef<BeginReply> replyTo)
      implements Command {

    /** That the host itself asks for. */
    public Begin(
        TaskId task,
        AgentName agent,
        WorkerId worker,
        ActorRef<AttemptCancelled> host,
        ActorRef<BeginReply> replyTo) {
      this(task, agent, worker, 0, host, replyTo);
    }
  }

  /**
   * More of the results that a running attempt is told: those from the number on that came with
   * {@link Begun#next} or {@link MoreResults#next}.
   */
  public record GetResults(TaskId task, Fence fence, int from, ActorRef<BeginReply> replyTo)
      implements Command {}

  /**
   * What the host of a running attempt asks. Refused once the attempt is over. A session that has
   * moved does not know its attempts: one that nothing stored says to be over goes on with the
   * first that its host asks.
   *
   * @param holder who has the attempt, null for one that ends with the session's incarnation
   */
  public record OfAttempt(
      TaskId task,
      Fence fence,
      AttemptRequest request,
      @Nullable Holder holder,
      ActorRef<AttemptReply> replyTo)
      implements Command {

    /** Of an attempt that ends with the session's incarnation. */
    public OfAttempt(
        TaskId task, Fence fence, AttemptRequest request, ActorRef<AttemptReply> replyTo) {
      this(task, fence, request, null, replyTo);
    }
  }

  /**
   * Who has an attempt.
   *
   * @param deadline when it is over, whatever happens
   * @param host is told if it is over before it ended itself
   */
  public record Holder(
      AgentName agent, WorkerId worker, Instant deadline, ActorRef<AttemptCancelled> host) {}

  /** What a session tells itself. */
  sealed interface Internal extends Command
      permits EndTogether,
          AdoptionOver,
          LeaseExpired,
          TimeLimitPassed,
          TimeCame,
          WatcherStopped,
          FollowerStopped,
          Idle,
          Passivate {}

  /** Write what has waited for an earlier write. */
  record EndTogether() implements Internal {}

  /** Who had an attempt before the session was read from the journal has had time to say so. */
  record AdoptionOver() implements Internal {}

  record LeaseExpired(TaskId task, Fence fence) implements Internal {}

  record TimeLimitPassed(TaskId task, Fence fence) implements Internal {}

  record TimeCame(TaskId task) implements Internal {}

  record WatcherStopped(ActorRef<SessionUpdate> watcher) implements Internal {}

  record FollowerStopped(ActorRef<FollowReply> follower) implements Internal {}

  record Idle() implements Internal {}

  /** Leave memory. */
  record Passivate() implements Internal {}

  public sealed interface PlanReply extends CborSerializable {}

  public record PlanStored(SessionSnapshot session) implements PlanReply {}

  public record PlanRefused(List<String> problems) implements PlanReply {}

  /** What became of what a person wants. */
  public sealed interface WishReply extends CborSerializable {}

  /** It is stored. */
  public record Done(SessionSnapshot session) implements WishReply {}

  /**
   * Nothing has changed.
   *
   * @param why of the session, for people
   */
  public record NotDone(String why) implements WishReply {}

  public sealed interface BeginReply extends CborSerializable {
    TaskId task();
  }

  /**
   * @param claim of {@link Begin#claim}
   * @param next where the results go on that did not fit, 0 if all did: see {@link GetResults}
   */
  public record Begun(TaskId task, long claim, Assignment assignment, int next)
      implements BeginReply {}

  /** The results from a number on. */
  public record MoreResults(
      TaskId task, Fence fence, int from, List<Assignment.TaskResult> results, int next)
      implements BeginReply {
    public MoreResults {
      results = List.copyOf(results);
    }
  }

  /**
   * @param claim of {@link Begin#claim}
   */
  public record NotBegun(TaskId task, long claim, String why) implements BeginReply {}

  public sealed interface AttemptReply extends CborSerializable {
    TaskId task();

    Fence fence();
  }

  /** The lease was extended. */
  public record Renewed(TaskId task, Fence fence) implements AttemptReply {}

  /** What the attempt asked for is stored, and the attempt is over by it. */
  public record Accepted(TaskId task, Fence fence) implements AttemptReply {}

  public record AttemptOver(TaskId task, Fence fence, String why) implements AttemptReply {}

  /** The attempt goes on, but what it asked for is not possible. */
  public record Invalid(TaskId task, Fence fence, List<String> problems) implements AttemptReply {}

  /** The attempt is over: what its agent would still report is refused. */
  public record AttemptCancelled(TaskId task, Fence fence, String reason)
      implements CborSerializable {}

  private Session() {}

  /**
   * @param shard is asked to let the entity go when it is idle
   */
  public static Behavior<Command> create(
      SessionId session,
      SessionSettings settings,
      InstantSource clock,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    Behavior<Command> entity =
        Behaviors.setup(context ->
            Behaviors.withTimers(timers -> {
              context.setLoggerName(Session.class);
              context.setReceiveTimeout(settings.idleTimeout(), new Idle());
              return new SessionEntity(context, timers, session, settings, clock, shard);
            }));
    return Behaviors.withMdc(Command.class, LogFields.of(session), entity);
  }

  /** Starts the shard region of all sessions on this node. */
  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system, SessionSettings settings, InstantSource clock) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(
                    TYPE_KEY,
                    entity ->
                        create(
                            new SessionId(entity.getEntityId()),
                            settings,
                            clock,
                            entity.getShard()))
                .withRole(NodeRole.CONTROL.id())
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
                .withAllocationStrategy(SameNode.of(system))
                .withStopMessage(stopMessage()));
  }

  /**
   * What those who host it themselves tell one that asks to leave; it does first what came before.
   */
  public static Command stopMessage() {
    return new Passivate();
  }
}
