package io.nanoswarm.testkit;

import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.history.History;
import io.nanoswarm.orchestrator.Orchestrator;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.Wait;
import io.nanoswarm.testkit.internal.LocalShard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.jspecify.annotations.Nullable;

/** One session in a {@link SwarmTestKit}: what a test does to it, and sees of it. */
public final class SwarmRun {
  private static final Set<Section> ALL = EnumSet.allOf(Section.class);

  private final SwarmTestKit swarm;
  private final SessionId session;

  SwarmRun(SwarmTestKit swarm, SessionId session) {
    this.swarm = swarm;
    this.session = session;
  }

  public SessionId id() {
    return session;
  }

  /** Lets things happen until the session is over. */
  public Ending awaitEnd() {
    swarm.await("the end of " + session, () -> ending().isPresent());
    return ending().orElseThrow();
  }

  /** Lets things happen until an attempt at a task runs. */
  public void awaitAttempt(String task) {
    swarm.await(
        "an attempt at " + task, () -> snapshot().running().containsKey(TaskId.of(session, task)));
  }

  /** Lets things happen until a task waits for a person, and returns its question. */
  public String awaitQuestion(String task) {
    swarm.await("a question of " + task, () -> question(task).isPresent());
    return question(task).orElseThrow();
  }

  private Optional<String> question(String name) {
    return task(name)
        .map(TaskRecord::phase)
        .filter(phase -> phase instanceof TaskRecord.Suspended(_, Wait.ForPerson _))
        .map(phase -> ((Wait.ForPerson) ((TaskRecord.Suspended) phase).waitFor()).question());
  }

  /** Lets things happen until something is so of the session. */
  public void await(String what, Predicate<SessionSnapshot> so) {
    swarm.await(what, () -> so.test(snapshot()));
  }

  /** Answers, as a person, the question that a task waits with. */
  public void answer(String task, String reply) {
    awaitQuestion(task);
    var record = task(task).orElseThrow();
    SessionSnapshot _ =
        swarm.ask(
            swarm.world().parts().gate().sessions(),
            replyTo ->
                envelope(
                    new Session.Answer(
                        record.id(),
                        java.util.Objects.requireNonNull(record.lastEnded()),
                        reply,
                        replyTo)));
  }

  /** Stops the session, as a person would. */
  public void cancel(String reason) {
    SessionSnapshot _ =
        swarm.ask(
            swarm.world().parts().gate().sessions(),
            replyTo ->
                envelope(new Session.Conclude(question(), new Ending.Cancelled(reason), replyTo)));
  }

  /**
   * Has tasks done anew that have ended badly, with what came after them, as a person would.
   *
   * @param tasks empty for all
   * @return whether there was anything to do
   */
  public boolean retry(String... tasks) {
    var ids = Stream.of(tasks).map(name -> TaskId.of(session, name)).toList();
    return wish(replyTo -> new Session.Retry(ids, replyTo));
  }

  /**
   * Gives a task up, as a person would.
   *
   * @return whether there was anything to do
   */
  public boolean discard(String task, String reason) {
    return wish(replyTo -> new Session.Discard(TaskId.of(session, task), reason, replyTo));
  }

  /**
   * Has nothing of the session begun any more, as a person would.
   *
   * @return whether it is paused then
   */
  public boolean pause() {
    return wish(Session.Pause::new);
  }

  /**
   * Lets the session go on, as a person would.
   *
   * @return whether it does
   */
  public boolean unpause() {
    return wish(Session.Unpause::new);
  }

  /**
   * Makes the session more or less urgent than others, as a person would.
   *
   * @return whether it is so then
   */
  public boolean prioritise(Priority priority) {
    return wish(replyTo -> new Session.Prioritise(priority, replyTo));
  }

  /**
   * Asks a further question, as a person would.
   *
   * @return whether the session takes it
   */
  public boolean ask(String question) {
    return ask(question, null);
  }

  /**
   * Asks a further question, as a person would.
   *
   * @param timeLimit until the session's end, null for none
   * @return whether the session takes it
   */
  public boolean ask(String question, @Nullable Duration timeLimit) {
    var asked = snapshot().active().orElseThrow();
    return wish(replyTo ->
        new Session.AskFurther(
            asked.questions() + 1,
            new Goal(question),
            asked.question().workspace(),
            timeLimit,
            replyTo));
  }

  /** The number of the question that the session works on, or that was its last, from 1. */
  public int question() {
    return snapshot().active().map(SessionState.Active::questions).orElse(1);
  }

  private boolean wish(Function<ActorRef<Session.WishReply>, Session.Command> command) {
    Session.WishReply reply =
        swarm.ask(
            swarm.world().parts().gate().sessions(), replyTo -> envelope(command.apply(replyTo)));
    swarm.world().drive(session);
    swarm.settle();
    return reply instanceof Session.Done;
  }

  /** The session ends in mid-work, as with its node, and comes back from its journal. */
  public void restartSession() {
    crash();
    swarm.settle();
  }

  void crash() {
    swarm.world().parts().sessions().tell(new LocalShard.Crash<>(session.value()));
  }

  /** The blackboard ends in mid-work, and comes back from its journal. */
  public void restartBlackboard() {
    swarm.world().parts().blackboards().tell(new LocalShard.Crash<>(session.value()));
    swarm.settle();
  }

  /** Whoever drives the session is gone; another takes it up, as {@code swarm resume} does. */
  public void restartOrchestrator() {
    swarm
        .world()
        .parts()
        .orchestrators()
        .tell(new LocalShard.Crash<Orchestrator.Command>(session.value()));
    swarm.settle();
    swarm.world().drive(session);
    swarm.settle();
  }

  /** The session as it is now. */
  public SessionSnapshot snapshot() {
    return swarm.ask(
        swarm.world().parts().gate().sessions(),
        replyTo -> envelope(new Session.GetSession(replyTo)));
  }

  /** How it ended, if it has. */
  public Optional<Ending> ending() {
    return snapshot().state() instanceof SessionState.Concluded concluded
        ? Optional.of(concluded.ending())
        : Optional.empty();
  }

  /** What is stored of a task, if there is one. */
  public Optional<TaskRecord> task(String name) {
    return snapshot().active().flatMap(active -> active.task(TaskId.of(session, name)));
  }

  /** The outcome that a task was settled with, if it was. */
  public Optional<Outcome> outcome(String task) {
    return task(task)
        .map(TaskRecord::phase)
        .filter(TaskRecord.Settled.class::isInstance)
        .map(phase -> ((TaskRecord.Settled) phase).outcome());
  }

  /** All that was stored of the session and its blackboard. */
  public History history() {
    return new History(
        stored("session", SessionEvent.class), stored("blackboard", BlackboardEvent.class));
  }

  private <E> List<E> stored(String entity, Class<E> events) {
    return PersistenceTestKit.create(swarm.world().system())
        .persistedInStorage(entity + "|" + session.value())
        .stream()
        .map(events::cast)
        .toList();
  }

  /** Every entry of the blackboard by path, unfinished ones included. */
  public List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    EntryPath after = null;
    do {
      EntryPath from = after;
      Blackboard.Entries page =
          swarm.ask(
              swarm.world().parts().gate().blackboards(),
              replyTo ->
                  new ShardingEnvelope<>(
                      session.value(), new Blackboard.Read(ALL, true, from, replyTo)));
      entries.addAll(page.entries());
      after = page.next();
    } while (after != null);
    return List.copyOf(entries);
  }

  private ShardingEnvelope<Session.Command> envelope(Session.Command command) {
    return new ShardingEnvelope<>(session.value(), command);
  }
}
