package io.nanoswarm.blackboard;

import io.nanoswarm.blackboard.Blackboard.AttemptSuperseded;
import io.nanoswarm.blackboard.Blackboard.Command;
import io.nanoswarm.blackboard.Blackboard.Conflict;
import io.nanoswarm.blackboard.Blackboard.EndAttempt;
import io.nanoswarm.blackboard.Blackboard.Entries;
import io.nanoswarm.blackboard.Blackboard.EntryChanged;
import io.nanoswarm.blackboard.Blackboard.Full;
import io.nanoswarm.blackboard.Blackboard.Idle;
import io.nanoswarm.blackboard.Blackboard.Measure;
import io.nanoswarm.blackboard.Blackboard.Notice;
import io.nanoswarm.blackboard.Blackboard.Post;
import io.nanoswarm.blackboard.Blackboard.PostReply;
import io.nanoswarm.blackboard.Blackboard.Posted;
import io.nanoswarm.blackboard.Blackboard.Read;
import io.nanoswarm.blackboard.Blackboard.Stop;
import io.nanoswarm.blackboard.Blackboard.Subscribe;
import io.nanoswarm.blackboard.Blackboard.Subscribed;
import io.nanoswarm.blackboard.Blackboard.SubscriberGone;
import io.nanoswarm.blackboard.BlackboardEvent.AttemptEnded;
import io.nanoswarm.blackboard.BlackboardEvent.AttemptSettled;
import io.nanoswarm.blackboard.BlackboardEvent.EntryPosted;
import io.nanoswarm.entity.FailedWrite;
import io.nanoswarm.entity.Subscribers;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/** The machine behind {@link Blackboard}: decides, stores, then replies and tells subscribers. */
final class BlackboardEntity
    extends EventSourcedBehavior<Command, BlackboardEvent, BlackboardState> {
  /** How many bytes of drafts one {@link Entries} holds at most, if it holds more than one. */
  static final int PAGE_BYTES = 128 * 1024;

  private final BlackboardSettings settings;
  private final InstantSource clock;
  private final ActorContext<Command> context;
  private final ActorRef<ClusterSharding.ShardCommand> shard;

  private final Subscribers<Notice, Command> subscribers;

  /** What ended without being stored, by task; as many as the session has tasks. */
  private final Map<TaskId, Fence> settledAtOnce = new HashMap<>();

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
        .onSignal(RecoveryCompleted.instance(), this::tellSubscribers)
        .onSignal(
            JournalPersistFailed.class,
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
    var current = refusal(state, post.author());
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

  private @Nullable Fence refusal(BlackboardState state, Author author) {
    var current = state.refusal(author);
    return current == null && author instanceof Author.Agent(_, var task, _)
        ? settledAtOnce.get(task)
        : current;
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
    subscribers.add(subscriber, command.afterRevision());
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
    if (end.settled() && end.only() && (latest == null || latest.fence().equals(end.fence()))) {
      settledAtOnce.put(end.task(), end.fence());
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
