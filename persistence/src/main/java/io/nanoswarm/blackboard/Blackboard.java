package io.nanoswarm.blackboard;

import io.nanoswarm.blackboard.BlackboardEvent.AttemptEnded;
import io.nanoswarm.blackboard.BlackboardEvent.AttemptSettled;
import io.nanoswarm.blackboard.BlackboardEvent.EntryPosted;
import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * The durable blackboard of one session.
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>What was answered with {@link Posted} is stored.
 *   <li>The revision grows by one per change of the whole blackboard, gapless, from 1. A change is
 *       an entry that is posted or marked as unfinished.
 *   <li>An attempt that is older than another that has posted, or that has ended, posts nothing
 *       more; what it had posted is marked as unfinished.
 *   <li>A subscriber hears every entry that changed after the revision it names, in the order of
 *       revisions, each as it is when it is told: what was replaced before the subscription is not
 *       told. From then on it hears every change, once.
 *   <li>Every command may be sent again: the second time changes nothing.
 * </ul>
 *
 * <p>Not promised: that a subscriber hears all if a connection breaks. It sees the gap, since
 * {@link EntryChanged#previous} is then not what it heard last, and subscribes again from there; so
 * it does when the entity it was told in {@link Subscribed} terminates, and now and then in case
 * that just the last change was lost.
 *
 * <p>Lifecycle: started by its first message; leaves memory when nobody has sent anything for a
 * while and nobody is subscribed. Restarts with backoff when a write failed, keeping its
 * subscribers.
 */
public final class Blackboard
    extends EventSourcedBehavior<Blackboard.Command, BlackboardEvent, BlackboardState> {
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "blackboard");

  /** How many bytes of drafts one {@link Entries} holds at most, if it holds more than one. */
  static final int PAGE_BYTES = 128 * 1024;

  private final BlackboardSettings settings;
  private final InstantSource clock;
  private final ActorContext<Command> context;
  private final ActorRef<ClusterSharding.ShardCommand> shard;

  /** The revision each was told last; as many as there are living subscribers. */
  private final Map<ActorRef<Notice>, Long> subscribers = new HashMap<>();

  /** What a blackboard is told. */
  public sealed interface Command extends CborSerializable {}

  /**
   * Posts an entry. Posting the draft that stands there again, in the same attempt, is answered
   * with the entry that stands.
   *
   * @param expected refused with {@link Conflict} if something else stands there
   */
  public record Post(Draft draft, Author author, Expectation expected, ActorRef<PostReply> replyTo)
      implements Command {}

  /**
   * Reads entries by path, a page at a time: an answer that is too large for a message would be
   * lost.
   *
   * @param includeUnfinished whether entries of attempts that did not settle their task are wanted
   * @param after where the page begins: {@link Entries#next} of the page before; null for the first
   */
  public record Read(
      Set<Section> sections,
      boolean includeUnfinished,
      @Nullable EntryPath after,
      ActorRef<Entries> replyTo)
      implements Command {
    public Read {
      sections = Set.copyOf(sections);
    }
  }

  /**
   * Subscribes an actor until it stops: it hears {@link Subscribed}, then what changed, then what
   * changes. Subscribing again replaces its earlier subscription.
   *
   * @param afterRevision 0 for all that stands there
   */
  public record Subscribe(long afterRevision, ActorRef<Notice> subscriber) implements Command {}

  /**
   * An attempt is over. Answered when nothing of it can be posted any more.
   *
   * @param settled whether it settled its task: then entries of all its other attempts are marked
   *     as unfinished, and none posts any more; if not, its own and those of older attempts are
   *     marked, and just a later one may post
   */
  public record EndAttempt(TaskId task, Fence fence, boolean settled, ActorRef<Done> replyTo)
      implements Command {}

  private record SubscriberGone(ActorRef<Notice> subscriber) implements Command {}

  private record Idle() implements Command {}

  private record Stop() implements Command {}

  /** What became of a {@link Post}. */
  public sealed interface PostReply extends CborSerializable {}

  /** The entry is stored. */
  public record Posted(Entry entry) implements PostReply {}

  /**
   * The attempt is over.
   *
   * @param presented the attempt's fence
   * @param current the fence of the attempt that made it so; its own if it was ended
   */
  public record AttemptSuperseded(TaskId task, Fence presented, Fence current)
      implements PostReply {}

  /**
   * Another revision stands at the path.
   *
   * @param actual 0 if nothing stands there
   */
  public record Conflict(EntryPath path, long expected, long actual) implements PostReply {}

  /** The blackboard holds as much as it may. */
  public record Full(Measure of, long limit) implements PostReply {}

  /** What a blackboard may be full of. */
  public enum Measure {
    ENTRIES,
    BYTES
  }

  /**
   * A page of entries, by path.
   *
   * @param revision of the blackboard when the page was read
   * @param next where the next page begins, null if this is the last
   */
  public record Entries(List<Entry> entries, long revision, @Nullable EntryPath next)
      implements CborSerializable {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /** What a subscriber hears. */
  public sealed interface Notice extends CborSerializable {}

  /**
   * The subscription stands.
   *
   * @param blackboard to be watched: when it terminates the subscription is gone
   * @param revision of the latest change; what follows up to it was there before
   */
  public record Subscribed(ActorRef<Command> blackboard, long revision) implements Notice {}

  /**
   * An entry was posted or marked as unfinished.
   *
   * @param previous the revision that this subscriber was told before this one
   */
  public record EntryChanged(Entry entry, long previous) implements Notice {}

  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system, BlackboardSettings settings, InstantSource clock) {
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
                .withStopMessage(new Stop()));
  }

  static Behavior<Command> create(
      SessionId session,
      BlackboardSettings settings,
      InstantSource clock,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(context -> {
      context.setReceiveTimeout(settings.idleTimeout(), new Idle());
      return new Blackboard(session, settings, clock, context, shard);
    });
  }

  private Blackboard(
      SessionId session,
      BlackboardSettings settings,
      InstantSource clock,
      ActorContext<Command> context,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(
        PersistenceId.of(TYPE_KEY.name(), session.value()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
    this.settings = settings;
    this.clock = clock;
    this.context = context;
    this.shard = shard;
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
        .onSignal(RecoveryCompleted.instance(), this::tellSubscribers)
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), settings.keepSnapshots());
  }

  private Effect<BlackboardEvent, BlackboardState> onCommand(
      BlackboardState state, Command command) {
    return switch (command) {
      case Post post -> onPost(state, post);
      case Read read -> onRead(state, read);
      case Subscribe subscribe -> onSubscribe(state, subscribe);
      case EndAttempt end -> onEndAttempt(state, end);
      case SubscriberGone(var subscriber) -> onSubscriberGone(subscriber);
      case Idle _ -> onIdle();
      case Stop _ -> Effect().stop();
    };
  }

  private Effect<BlackboardEvent, BlackboardState> onPost(BlackboardState state, Post post) {
    var current = state.refusal(post.author());
    if (current != null && post.author() instanceof Author.Agent(_, var task, var fence)) {
      return Effect().reply(post.replyTo(), new AttemptSuperseded(task, fence, current));
    }
    var standing = state.at(post.draft().path());
    if (standing != null
        && standing.draft().equals(post.draft())
        && standing.author().equals(post.author())) {
      return Effect().reply(post.replyTo(), new Posted(standing));
    }
    var refusal = refusal(state, post, standing);
    if (refusal != null) {
      return Effect().reply(post.replyTo(), refusal);
    }
    var event = posted(state, post);
    return Effect()
        .persist(event)
        .thenRun(this::tellSubscribers)
        .thenReply(post.replyTo(), _ -> new Posted(event.entry()));
  }

  private @Nullable PostReply refusal(BlackboardState state, Post post, @Nullable Entry standing) {
    long actual = standing == null ? 0 : standing.revision();
    if (post.expected() instanceof Expectation.Revision(var number) && number != actual) {
      return new Conflict(post.draft().path(), number, actual);
    }
    if (standing == null && state.entries().size() >= settings.maxEntries()) {
      return new Full(Measure.ENTRIES, settings.maxEntries());
    }
    long freed = standing == null ? 0 : standing.draft().bytes();
    if (state.bytes() - freed + post.draft().bytes() > settings.maxBytes()) {
      return new Full(Measure.BYTES, settings.maxBytes());
    }
    return null;
  }

  private EntryPosted posted(BlackboardState state, Post post) {
    var older = new ArrayList<EntryPath>();
    if (post.author() instanceof Author.Agent(_, var task, var fence)) {
      older.addAll(state.unmarked(task, other -> other.isOlderThan(fence)));
      older.remove(post.draft().path());
    }
    long revision = state.revision() + older.size() + 1;
    return new EntryPosted(
        new Entry(revision, post.draft(), post.author(), clock.instant(), false), older);
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
    if (subscribers.put(subscriber, command.afterRevision()) == null) {
      context.watchWith(subscriber, new SubscriberGone(subscriber));
    }
    subscriber.tell(new Subscribed(context.getSelf(), state.revision()));
    tellSubscribers(state);
    return Effect().none();
  }

  private Effect<BlackboardEvent, BlackboardState> onEndAttempt(
      BlackboardState state, EndAttempt end) {
    var latest = state.attempts().get(end.task());
    var known =
        latest instanceof BlackboardState.Settled
            || (!end.settled() && latest != null && !latest.admits(end.fence()));
    if (known) {
      return Effect().reply(end.replyTo(), Done.getInstance());
    }
    return Effect()
        .persist(ended(state, end))
        .thenRun(this::tellSubscribers)
        .thenReply(end.replyTo(), _ -> Done.getInstance());
  }

  private static BlackboardEvent ended(BlackboardState state, EndAttempt end) {
    if (end.settled()) {
      var others = state.unmarked(end.task(), fence -> !fence.equals(end.fence()));
      return new AttemptSettled(end.task(), end.fence(), others);
    }
    var own = state.unmarked(end.task(), fence -> !end.fence().isOlderThan(fence));
    return new AttemptEnded(end.task(), end.fence(), own);
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

  /** Also after a restart: what was stored although the write seemed to fail is told then. */
  private void tellSubscribers(BlackboardState state) {
    subscribers.replaceAll((subscriber, told) -> tellSince(state, subscriber, told));
  }

  private static long tellSince(BlackboardState state, ActorRef<Notice> subscriber, long told) {
    for (Entry entry : state.since(told)) {
      subscriber.tell(new EntryChanged(entry, told));
      told = entry.revision();
    }
    return told;
  }
}
