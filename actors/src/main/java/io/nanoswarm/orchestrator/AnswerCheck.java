package io.nanoswarm.orchestrator;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.session.QuestionNames;
import io.nanoswarm.session.SessionId;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether an answer to a question stands in {@code final/} of a session's blackboard, and
 * waits until the mirror has all that stands there.
 *
 * <p>Guarantees: says it once. Asks the blackboard until it answers; for the mirror it waits no
 * longer than {@link OrchestratorSettings#mirrorGrace}.
 *
 * <p>Lifecycle: started by an orchestrator when all tasks have ended; stops when it has spoken.
 */
final class AnswerCheck extends AbstractMatchingBehavior<AnswerCheck.Command> {
  sealed interface Command {}

  /**
   * @param any whether anything stands there
   */
  record Found(boolean any) {}

  private record BoardRead(Blackboard.Entries entries) implements Command {}

  private record MirrorAnswered(Mirror.AwaitReply reply) implements Command {}

  private record Overdue() implements Command {}

  private final SessionId session;
  private final OrchestratorLinks links;
  private final ActorRef<Mirror.Command> mirror;
  private final int question;
  private final ActorRef<Found> result;
  private @Nullable EntryPath next;
  private @Nullable Boolean answered;

  /**
   * @param question of the session, from 1
   * @param result told whether anything stands in {@code final/} that was posted for it
   */
  static Behavior<Command> create(
      SessionId session,
      int question,
      OrchestratorLinks links,
      ActorRef<Mirror.Command> mirror,
      ActorRef<Found> result) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new AnswerCheck(context, timers, session, question, links, mirror, result)));
  }

  private AnswerCheck(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionId session,
      int question,
      OrchestratorLinks links,
      ActorRef<Mirror.Command> mirror,
      ActorRef<Found> result) {
    super(context);
    context.setLoggerName(AnswerCheck.class);
    this.session = session;
    this.question = question;
    this.links = links;
    this.mirror = mirror;
    this.result = result;
    timers.startTimerWithFixedDelay(new Overdue(), links.settings().mirrorGrace());
    read();
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case BoardRead(var entries) -> onBoardRead(entries);
      case MirrorAnswered(Mirror.Mirrored _) -> say();
      case MirrorAnswered(Mirror.Behind(_, var why)) -> sayBefore(why);
      case Overdue _ -> onOverdue();
    };
  }

  private void read() {
    var read =
        new Blackboard.Read(
            Set.of(Section.FINAL), false, next, adapter(Blackboard.Entries.class, BoardRead::new));
    links.gate().blackboards().tell(new ShardingEnvelope<>(session.value(), read));
  }

  private <T> ActorRef<T> adapter(Class<T> type, Function<T, Command> as) {
    return getContext().messageAdapter(type, as::apply);
  }

  private Behavior<Command> onBoardRead(Blackboard.Entries entries) {
    if (answered != null) {
      return this;
    }
    boolean found = entries.entries().stream().anyMatch(this::isOfQuestion);
    next = entries.next();
    if (!found && next != null) {
      read();
      return this;
    }
    answered = found;
    mirror.tell(
        new Mirror.AwaitRevision(
            entries.revision(), adapter(Mirror.AwaitReply.class, MirrorAnswered::new)));
    return this;
  }

  private boolean isOfQuestion(Entry entry) {
    return !(entry.author() instanceof Author.Agent author)
        || QuestionNames.isOf(question, author.task());
  }

  /** Without the blackboard nobody knows whether there is an answer. */
  private Behavior<Command> onOverdue() {
    if (answered == null) {
      read();
      return this;
    }
    return sayBefore("it took longer than " + links.settings().mirrorGrace());
  }

  private Behavior<Command> sayBefore(String why) {
    getContext()
        .getLog()
        .warn("session [{}] concludes before its mirror has caught up: [{}]", session, why);
    return say();
  }

  private Behavior<Command> say() {
    result.tell(new Found(Boolean.TRUE.equals(answered)));
    return Behaviors.stopped();
  }
}
