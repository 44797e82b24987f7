package io.nanoswarm.mirror;

import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Blackboard.Notice;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.follow.Follower;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Mirrors one session's blackboard to {@code <folder>/<session>/} as Markdown files.
 *
 * <p>Guarantees: every entry gets to its file, the latest revision of it at least; the folders of
 * all sections are there from the beginning; a file is never seen half written; after a restart
 * just what changed since is written. A write that fails is tried again until it succeeds, and told
 * in the log and to those who wait.
 *
 * <p>Not promised: that each revision of an entry is ever in its file; that what a person writes
 * into the folder stays.
 *
 * <p>Lifecycle: one per session and machine, stopped by {@link Stop}; a later one takes up where it
 * was.
 */
public final class Mirror extends AbstractMatchingBehavior<Mirror.Command> {
  private static final int MAX_WAITING = 100;

  private final TimerScheduler<Command> timers;
  private final SessionId session;
  private final MirrorSettings settings;
  private final MirrorFolder folder;
  private final Executor blocking;
  private final Follower<Blackboard.Command, Command> follower;
  private final Deque<AwaitRevision> waiting = new ArrayDeque<>();

  /** What is heard but not yet handed to a write; as many as the blackboard has entries. */
  private final Map<EntryPath, Entry> pending = new LinkedHashMap<>();

  private boolean opened;
  private boolean busy;
  private boolean stopping;
  private int failures;
  private long mirrored;

  /** What a mirror is told. */
  public sealed interface Command extends CborSerializable {}

  /**
   * Asks to be told when everything up to a revision is on disk; answered with {@link Behind} when
   * a write fails meanwhile, and when more than a hundred wait.
   */
  public record AwaitRevision(long revision, ActorRef<AwaitReply> replyTo) implements Command {}

  /**
   * Stops when the write that is under way has ended, so that nobody writes after the mirror has
   * terminated; what is not yet written is written by the next mirror of this folder.
   */
  public record Stop() implements Command {}

  private record Opened(long revision) implements Command {}

  private record Noticed(Notice notice) implements Command {}

  private record SourceGone(ActorRef<Blackboard.Command> source) implements Command {}

  private record Renew() implements Command {}

  private record Written(long revision) implements Command {}

  private record Failed(List<Entry> unwritten, Throwable cause) implements Command {}

  private record Retry() implements Command {}

  /** What became of an {@link AwaitRevision}. */
  public sealed interface AwaitReply extends CborSerializable {}

  /** Everything up to this revision, which is at least the one awaited, is on disk. */
  public record Mirrored(long revision) implements AwaitReply {}

  /**
   * Not yet, and it may take long: the mirror goes on trying, who asks may ask again.
   *
   * @param revision up to which everything is on disk
   */
  public record Behind(long revision, String why) implements AwaitReply {}

  /**
   * @param folder holds a folder per session
   */
  public static Behavior<Command> create(
      Path folder,
      SessionId session,
      ActorRef<ShardingEnvelope<Blackboard.Command>> blackboards,
      MirrorSettings settings) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          var files = new MirrorFolder(folder.resolve(session.value()));
          var mirror = new Mirror(context, timers, session, blackboards, settings, files);
          mirror.open();
          return mirror;
        }));
  }

  private Mirror(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionId session,
      ActorRef<ShardingEnvelope<Blackboard.Command>> blackboards,
      MirrorSettings settings,
      MirrorFolder folder) {
    super(context);
    context.setLoggerName(Mirror.class);
    this.timers = timers;
    this.session = session;
    this.settings = settings;
    this.folder = folder;
    this.blocking =
        context
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("swarm.dispatchers.blocking"));
    ActorRef<Notice> ear = context.messageAdapter(Notice.class, Noticed::new);
    this.follower =
        new Follower<>(
            context,
            SourceGone::new,
            after ->
                blackboards.tell(
                    new ShardingEnvelope<>(session.value(), new Blackboard.Subscribe(after, ear))),
            0);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Opened(var revision) -> onOpened(revision);
      case Noticed(Blackboard.Subscribed subscribed) -> onSubscribed(subscribed);
      case Noticed(Blackboard.EntryChanged changed) -> onEntryChanged(changed);
      case SourceGone(var gone) -> follower.onGone(gone);
      case Renew _ -> follower.subscribe();
      case AwaitRevision await -> onAwaitRevision(await);
      case Written(var revision) -> onWritten(revision);
      case Failed(var unwritten, var cause) -> onFailed(unwritten, cause);
      case Retry _ -> onRetry();
      case Stop _ -> stopping = true;
    }
    return stopping && !writing() ? Behaviors.stopped() : this;
  }

  /** Whether a thread is at the folder; between a failure and its retry none is. */
  private boolean writing() {
    return busy && !timers.isTimerActive(new Retry());
  }

  private void onOpened(long revision) {
    opened = true;
    busy = false;
    failures = 0;
    follower.goOnAfter(revision);
    mirrored = revision;
    timers.startTimerWithFixedDelay(new Renew(), settings.renewEvery());
    follower.subscribe();
    answerWaiting();
  }

  private void onSubscribed(Blackboard.Subscribed subscribed) {
    follower.onSubscribed(subscribed.blackboard());
    if (subscribed.revision() < follower.heard() && !busy) {
      getContext()
          .getLog()
          .warn(
              "blackboard [{}] is at revision [{}], its mirror at [{}]: mirrored anew",
              session,
              subscribed.revision(),
              follower.heard());
      pending.clear();
      follower.goOnAfter(0);
      mirrored = 0;
      follower.subscribe();
    }
  }

  private void onEntryChanged(Blackboard.EntryChanged changed) {
    if (follower.hears(changed.previous(), changed.entry().revision())) {
      pending.put(changed.entry().path(), changed.entry());
      write();
    }
  }

  private void onAwaitRevision(AwaitRevision await) {
    waiting.add(await);
    if (waiting.size() > MAX_WAITING) {
      var first = waiting.remove();
      first.replyTo().tell(new Behind(mirrored, "too many wait for the mirror"));
    }
    answerWaiting();
    if (opened && await.revision() > follower.heard()) {
      follower.subscribe();
    }
  }

  private void onWritten(long revision) {
    busy = false;
    failures = 0;
    mirrored = revision;
    answerWaiting();
    write();
  }

  private void onFailed(List<Entry> unwritten, Throwable cause) {
    unwritten.forEach(entry -> pending.putIfAbsent(entry.path(), entry));
    failures++;
    var backoff = settings.backoff(failures);
    var why = reason(cause);
    getContext()
        .getLog()
        .warn("mirror of [{}] not written, again in [{}]: {}", session, backoff, why);
    waiting.forEach(each -> each.replyTo().tell(new Behind(mirrored, why)));
    waiting.clear();
    timers.startSingleTimer(new Retry(), backoff);
  }

  private void onRetry() {
    busy = false;
    if (opened) {
      write();
    } else {
      open();
    }
  }

  private void open() {
    busy = true;
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> unchecked(folder::open), blocking),
            (revision, failure) ->
                failure == null ? new Opened(revision) : new Failed(List.of(), failure));
  }

  /** One write at a time, so that an older revision never comes after a newer one. */
  private void write() {
    if (busy || stopping || pending.isEmpty()) {
      return;
    }
    busy = true;
    var batch = List.copyOf(pending.values());
    var upTo = follower.heard();
    pending.clear();
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () ->
                    unchecked(() -> {
                      folder.write(batch, upTo);
                      return upTo;
                    }),
                blocking),
            (revision, failure) ->
                failure == null ? new Written(revision) : new Failed(batch, failure));
  }

  private void answerWaiting() {
    waiting.removeIf(each -> {
      boolean there = opened && each.revision() <= mirrored;
      if (there) {
        each.replyTo().tell(new Mirrored(mirrored));
      }
      return there;
    });
  }

  /** Without the exceptions that just carried it here. */
  private static String reason(Throwable failure) {
    var root = failure;
    for (var cause = root.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root.toString();
  }

  private interface Access<T> {
    T run() throws IOException;
  }

  private static <T> T unchecked(Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
