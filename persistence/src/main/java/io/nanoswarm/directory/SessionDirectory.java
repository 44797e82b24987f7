package io.nanoswarm.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.entity.FailedWrite;
import io.nanoswarm.entity.PageBound;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * Lists all sessions, so that unfinished ones are found again after a restart.
 *
 * <p>Guarantees: a session is listed before it is opened, so none that is opened is missing here.
 * Replies come after the journal has what they confirm; every command may be sent again. A session
 * is listed, or goes on, only as long as fewer are not over than may be: what is listed counts from
 * that moment, so that of two which come at once just one takes the last place, whatever node they
 * come from. One that goes on is not removed, and one that is removed does not go on. A place is
 * kept for {@link SessionLine#OPENED_WITHIN} for whoever took it to go on: who just sees the
 * session as it was before does not give it back.
 *
 * <p>Not promised: that a listed session was ever opened, or that one shown as unfinished has not
 * ended; the Session itself knows.
 *
 * <p>Lifecycle: one entity, started by sharding at the first message.
 */
public final class SessionDirectory
    extends EventSourcedBehavior<SessionDirectory.Command, DirectoryEvent, DirectoryState> {
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "session-directory");

  /** Sessions listed at most; a further one is refused. */
  public static final int MAX_SESSIONS = 10_000;

  private static final String ONLY = "all";
  private static final int GOAL_LENGTH = 200;

  /** What the directory is told. */
  public sealed interface Command extends CborSerializable {}

  /**
   * Lists a session that is about to be opened. Refused when {@value #MAX_SESSIONS} are listed.
   *
   * @param most refused if as many are not over; 0, as older nodes say: however many
   */
  public record ListSession(
      SessionId session, String goal, String workspace, int most, ActorRef<ListReply> replyTo)
      implements Command {}

  /**
   * Notes how a session ended. Unknown sessions and those that ended before are left as they are,
   * and so is one whose place was taken after that ending, by whoever is about to have it go on.
   *
   * @param at when it ended, {@link Instant#EPOCH} if it was never opened; null if that does not
   *     matter: who has taken its place says so if it was the first to, and so do older nodes
   * @param place which place is given back, as {@link Noted} says; null if none
   */
  public record NoteEnding(
      SessionId session, String ending, @Nullable Instant at, @Nullable Instant place)
      implements Command {}

  /**
   * Notes that a session goes on which had ended, before it does. Of one that is not over, as far
   * as the directory was told, it notes that somebody else has the place now.
   *
   * @param most refused if as many others are not over; 0, as older nodes say: however many
   */
  public record NoteReopening(SessionId session, int most, ActorRef<ReopenReply> replyTo)
      implements Command {}

  /**
   * Notes a question after a session's first. Answered even if it, or a later one, was noted
   * before.
   */
  public record NoteFollowUp(SessionId session, int number, String goal, ActorRef<Noted> replyTo)
      implements Command {}

  /**
   * Lists sessions no more, of which nothing is to be kept: all of them, or none if one of them is
   * not over. Answered even if they are not listed.
   */
  public record RemoveAll(Set<SessionId> sessions, ActorRef<RemoveReply> replyTo)
      implements Command {
    public RemoveAll {
      sessions = Set.copyOf(sessions);
    }
  }

  /** What nodes of before {@link RemoveAll} say of a session that they have found to be over. */
  public record Remove(SessionId session, ActorRef<Noted> replyTo) implements Command {}

  /**
   * Asks for the sessions, a page at a time: {@link SessionPages} reads them all.
   *
   * @param after the last one of the page before; null for the first page
   * @param paged whether pages are asked for; {@code false}, as from older nodes: all at once
   */
  public record GetSessions(@Nullable SessionId after, boolean paged, ActorRef<Sessions> replyTo)
      implements Command {}

  /** Asks for the sessions that were removed, the latest {@value DirectoryState#REMEMBERED}. */
  public record GetRemoved(ActorRef<Gone> replyTo) implements Command {}

  public sealed interface ListReply extends CborSerializable {}

  public record Listed(SessionId session) implements ListReply {}

  public record Full(int limit) implements ListReply {}

  /** As many as may be are not over. */
  public record TooManyUnfinished(int unfinished) implements ListReply, ReopenReply {}

  public sealed interface ReopenReply extends CborSerializable {}

  /**
   * It is stored.
   *
   * @param place when a place was taken for that; null if it had one, and if older nodes answer
   */
  public record Noted(
      SessionId session, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant place)
      implements ReopenReply {}

  /** Nothing of it is kept, or it was never listed. */
  public record NotListed(SessionId session) implements ReopenReply {}

  public sealed interface RemoveReply extends CborSerializable {}

  public record Removed() implements RemoveReply {}

  /** It goes on; nothing was removed. */
  public record NotOver(SessionId session) implements RemoveReply {}

  /** Sessions that are listed no more. */
  public record Gone(List<SessionId> sessions) implements CborSerializable {
    public Gone {
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * Sessions, in the order in which they were listed.
   *
   * @param more whether there are others after these; {@code false} from older nodes, which tell
   *     all at once
   * @param anew whether these are the first, though others were asked for: the one before them is
   *     listed no more
   */
  public record Sessions(List<SessionLine> lines, boolean more, boolean anew)
      implements CborSerializable {
    public Sessions {
      lines = List.copyOf(lines);
    }
  }

  private final ActorSystem<?> system;
  private final InstantSource clock;

  public static Behavior<Command> create(InstantSource clock) {
    return Behaviors.setup(context -> new SessionDirectory(context.getSystem(), clock));
  }

  public static void initSharding(ActorSystem<?> system, InstantSource clock) {
    ClusterSharding.get(system)
        .init(Entity.of(TYPE_KEY, _ -> create(clock)).withRole(NodeRole.CONTROL.id()));
  }

  /** The one directory of the cluster. */
  public static EntityRef<Command> of(ActorSystem<?> system) {
    return ClusterSharding.get(system).entityRefFor(TYPE_KEY, ONLY);
  }

  private SessionDirectory(ActorSystem<?> system, InstantSource clock) {
    super(PersistenceId.of(TYPE_KEY.name(), ONLY), FailedWrite.RESTART);
    this.system = system;
    this.clock = clock;
  }

  @Override
  public DirectoryState emptyState() {
    return DirectoryState.EMPTY;
  }

  @Override
  public CommandHandler<Command, DirectoryEvent, DirectoryState> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<DirectoryState, DirectoryEvent> eventHandler() {
    return DirectoryState::apply;
  }

  @Override
  public SignalHandler<DirectoryState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(JournalPersistFailed.class, (_, failed) -> JournalTrouble.publish(system, failed))
        .onSignal(RecoveryFailed.class, (_, failed) -> JournalTrouble.publish(system, failed))
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(100, 2);
  }

  private Effect<DirectoryEvent, DirectoryState> onCommand(DirectoryState state, Command command) {
    return switch (command) {
      case ListSession list -> onList(state, list);
      case NoteEnding note -> onNote(state, note);
      case NoteReopening reopening -> onReopening(state, reopening);
      case NoteFollowUp followUp -> onFollowUp(state, followUp);
      case RemoveAll remove -> onRemove(state, remove);
      case Remove remove -> onRemove(state, remove);
      case GetSessions get -> Effect().reply(get.replyTo(), sessions(state, get));
      case GetRemoved get -> Effect().reply(get.replyTo(), new Gone(state.removed()));
    };
  }

  private static Sessions sessions(DirectoryState state, GetSessions get) {
    List<SessionLine> all = List.copyOf(state.lines().values());
    if (!get.paged()) {
      return new Sessions(all, false, false);
    }
    SessionId after = get.after();
    boolean anew = after != null && !state.lines().containsKey(after);
    List<SessionLine> rest = after == null || anew ? all : after(all, after);
    List<SessionLine> page = PageBound.first(rest);
    return new Sessions(page, page.size() < rest.size(), anew);
  }

  private static List<SessionLine> after(List<SessionLine> all, SessionId last) {
    int at = 0;
    while (!all.get(at).session().equals(last)) {
      at++;
    }
    return all.subList(at + 1, all.size());
  }

  private Effect<DirectoryEvent, DirectoryState> onList(DirectoryState state, ListSession list) {
    if (state.lines().containsKey(list.session())) {
      return Effect().reply(list.replyTo(), new Listed(list.session()));
    }
    if (state.lines().size() >= MAX_SESSIONS) {
      return Effect().reply(list.replyTo(), new Full(MAX_SESSIONS));
    }
    if (isFull(state, list.most())) {
      return Effect().reply(list.replyTo(), new TooManyUnfinished(state.unfinished()));
    }
    String goal = beginning(list.goal());
    return Effect()
        .persist(
            new DirectoryEvent.SessionListed(
                clock.instant(), list.session(), goal, list.workspace()))
        .thenReply(list.replyTo(), _ -> new Listed(list.session()));
  }

  private static String beginning(String goal) {
    return goal.substring(0, Math.min(GOAL_LENGTH, goal.length()));
  }

  private Effect<DirectoryEvent, DirectoryState> onFollowUp(
      DirectoryState state, NoteFollowUp followUp) {
    SessionId session = followUp.session();
    SessionLine line = state.lines().get(session);
    boolean known =
        line == null || (line.latest() != null && line.latest().number() >= followUp.number());
    return known
        ? Effect().reply(followUp.replyTo(), new Noted(session, null))
        : Effect()
            .persist(
                new DirectoryEvent.FollowUpNoted(
                    clock.instant(), session, followUp.number(), beginning(followUp.goal())))
            .thenReply(followUp.replyTo(), _ -> new Noted(session, null));
  }

  private Effect<DirectoryEvent, DirectoryState> onNote(DirectoryState state, NoteEnding note) {
    SessionLine line = state.lines().get(note.session());
    return line == null || line.ending() != null || isOfBefore(line, note)
        ? Effect().none()
        : Effect()
            .persist(
                new DirectoryEvent.SessionEnded(clock.instant(), note.session(), note.ending()));
  }

  private boolean isOfBefore(SessionLine line, NoteEnding note) {
    return note.at() != null
        && !line.takenAt().equals(note.place())
        && line.isBeingTaken(note.at(), clock.instant());
  }

  private Effect<DirectoryEvent, DirectoryState> onReopening(
      DirectoryState state, NoteReopening reopening) {
    SessionId session = reopening.session();
    SessionLine line = state.lines().get(session);
    if (line == null) {
      return Effect().reply(reopening.replyTo(), new NotListed(session));
    }
    boolean hasPlace = line.ending() == null;
    Instant now = clock.instant();
    return !hasPlace && isFull(state, reopening.most())
        ? Effect().reply(reopening.replyTo(), new TooManyUnfinished(state.unfinished()))
        : Effect()
            .persist(new DirectoryEvent.SessionReopened(now, session))
            .thenReply(reopening.replyTo(), _ -> new Noted(session, hasPlace ? null : now));
  }

  private static boolean isFull(DirectoryState state, int most) {
    return most != 0 && state.unfinished() >= most;
  }

  private Effect<DirectoryEvent, DirectoryState> onRemove(DirectoryState state, Remove remove) {
    SessionId session = remove.session();
    return state.lines().containsKey(session)
        ? Effect()
            .persist(new DirectoryEvent.SessionRemoved(clock.instant(), session))
            .thenReply(remove.replyTo(), _ -> new Noted(session, null))
        : Effect().reply(remove.replyTo(), new Noted(session, null));
  }

  private Effect<DirectoryEvent, DirectoryState> onRemove(DirectoryState state, RemoveAll remove) {
    var events = new ArrayList<DirectoryEvent>();
    for (SessionId session : remove.sessions()) {
      SessionLine line = state.lines().get(session);
      if (line != null && line.ending() == null) {
        return Effect().reply(remove.replyTo(), new NotOver(session));
      }
      if (line != null) {
        events.add(new DirectoryEvent.SessionRemoved(clock.instant(), session));
      }
    }
    return events.isEmpty()
        ? Effect().reply(remove.replyTo(), new Removed())
        : Effect().persist(events).thenReply(remove.replyTo(), _ -> new Removed());
  }
}
