package io.nanoswarm.blackboard;

import io.nanoswarm.blackboard.Blackboard.Command;
import io.nanoswarm.blackboard.Blackboard.Entries;
import io.nanoswarm.blackboard.Blackboard.EntryChanged;
import io.nanoswarm.blackboard.Blackboard.Idle;
import io.nanoswarm.blackboard.Blackboard.Notice;
import io.nanoswarm.blackboard.Blackboard.Read;
import io.nanoswarm.blackboard.Blackboard.Stop;
import io.nanoswarm.blackboard.Blackboard.Subscribe;
import io.nanoswarm.blackboard.Blackboard.Subscribed;
import io.nanoswarm.blackboard.Blackboard.SubscriberGone;
import io.nanoswarm.blackboard.Blackboard.Write;
import io.nanoswarm.blackboard.Blackboard.WriteTogether;
import io.nanoswarm.entity.FailedWrite;
import io.nanoswarm.entity.GroupCommit;
import io.nanoswarm.entity.Subscribers;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** The machine behind {@link Blackboard}: decides, stores, then replies and tells subscribers. */
final class BlackboardEntity
    extends EventSourcedBehavior<Command, BlackboardEvent, BlackboardState> {
  /** How many bytes of drafts one {@link Entries} holds at most, if it holds more than one. */
  static final int PAGE_BYTES = 128 * 1024;

  /** Changes by one write; their drafts together are then below 4 MiB. */
  private static final int MOST_TOGETHER = 64;

  private final BlackboardSettings settings;
  private final InstantSource clock;
  private final ActorContext<Command> context;
  private final ActorRef<ClusterSharding.ShardCommand> shard;

  private final Subscribers<Notice, Command> subscribers;

  /** What ended without being stored, by task; as many as the session has tasks. */
  private final Map<TaskId, Fence> settledAtOnce = new HashMap<>();

  private final GroupCommit<Write> writes = new GroupCommit<>(MOST_TOGETHER);

  BlackboardEntity(
      SessionId session,
      BlackboardSettings settings,
      InstantSource clock,
      ActorContext<Command> context,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(PersistenceId.of(Blackboard.TYPE_KEY.name(), session.value()), FailedWrite.RESTART);
    this.settings = settings;
    this.clock = clock;
    this.context = context;
    this.shard = shard;
    this.subscribers = new Subscribers<>(context, SubscriberGone::new);
  }

  @Override
  public BlackboardState emptyState() {
    return BlackboardState.EMPTY;
  }

  @Override
  public CommandHandler<Command, BlackboardEvent, BlackboardState> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<BlackboardState, BlackboardEvent> eventHandler() {
    return BlackboardState::apply;
  }

  @Override
  public SignalHandler<BlackboardState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .onSignal(
            JournalPersistFailed.class,
            (_, failed) -> JournalTrouble.publish(context.getSystem(), failed))
        .onSignal(
            RecoveryFailed.class,
            (_, failed) -> JournalTrouble.publish(context.getSystem(), failed))
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), settings.keepSnapshots());
  }

  private Effect<BlackboardEvent, BlackboardState> onCommand(
      BlackboardState state, Command command) {
    return switch (command) {
      case Write write -> onWrite(state, write);
      case WriteTogether _ -> onWriteTogether(state);
      case Read read -> onRead(state, read);
      case Subscribe subscribe -> onSubscribe(state, subscribe);
      case SubscriberGone(var subscriber) -> onSubscriberGone(subscriber);
      case Idle _ -> onIdle();
      case Stop _ -> Effect().stop();
    };
  }

  private Effect<BlackboardEvent, BlackboardState> onWrite(BlackboardState state, Write command) {
    return writes.joins(command) ? Effect().none() : write(state, writes.takeWith(command));
  }

  private Effect<BlackboardEvent, BlackboardState> onWriteTogether(BlackboardState state) {
    List<Write> group = writes.take();
    return group.isEmpty() ? Effect().none() : write(state, group);
  }

  private Effect<BlackboardEvent, BlackboardState> write(BlackboardState state, List<Write> group) {
    var decided = BlackboardWrites.of(state, settledAtOnce, settings, group, clock.instant());
    if (decided.events().isEmpty()) {
      return Effect().none().thenRun((BlackboardState _) -> decided.answer());
    }
    return Effect()
        .persist(decided.events())
        .thenRun((BlackboardState _) -> {
          decided.states().forEach(this::tellSubscribers); // of each, also if it stands no more
          decided.answer();
          writes.begin();
          context.getSelf().tell(new WriteTogether());
        });
  }

  private Effect<BlackboardEvent, BlackboardState> onRead(BlackboardState state, Read read) {
    var page = new ArrayList<Entry>();
    long bytes = 0;
    EntryPath next = null;
    for (Entry entry : state.in(read.sections())) {
      boolean wanted = read.includeUnfinished() || !entry.unfinished();
      boolean reached =
          read.after() == null || entry.path().value().compareTo(read.after().value()) > 0;
      if (!wanted || !reached) {
        continue;
      }
      bytes += entry.draft().bytes();
      if (!page.isEmpty() && bytes > PAGE_BYTES) {
        next = page.getLast().path();
        break;
      }
      page.add(entry);
    }
    return Effect().reply(read.replyTo(), new Entries(page, state.revision(), next));
  }

  private Effect<BlackboardEvent, BlackboardState> onSubscribe(
      BlackboardState state, Subscribe command) {
    var subscriber = command.subscriber();
    subscribers.add(subscriber, command.afterRevision());
    subscriber.tell(new Subscribed(context.getSelf(), state.revision()));
    tellSubscribers(state);
    return Effect().none();
  }

  private Effect<BlackboardEvent, BlackboardState> onSubscriberGone(ActorRef<Notice> subscriber) {
    subscribers.remove(subscriber);
    return Effect().none();
  }

  /** A subscription that arrives meanwhile is cut off, sees it, and comes again. */
  private Effect<BlackboardEvent, BlackboardState> onIdle() {
    if (subscribers.isEmpty()) {
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
    return Effect().none();
  }

  /**
   * A failed write restarts what is stored and leaves this object: who waited for it asks again.
   */
  private void onRecovered(BlackboardState state) {
    writes.take();
    tellSubscribers(state);
  }

  /** Also after a restart: what was stored although the write seemed to fail is told then. */
  private void tellSubscribers(BlackboardState state) {
    subscribers.tell((subscriber, told) -> tellSince(state, subscriber, told));
  }

  private static long tellSince(BlackboardState state, ActorRef<Notice> subscriber, long told) {
    for (Entry entry : state.since(told)) {
      subscriber.tell(new EntryChanged(entry, told));
      told = entry.revision();
    }
    return told;
  }
}
