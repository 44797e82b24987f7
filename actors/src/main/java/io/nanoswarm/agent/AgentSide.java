package io.nanoswarm.agent;

import io.nanoswarm.agent.AgentHost.Command;
import io.nanoswarm.agent.HostPhase.Attempt;
import io.nanoswarm.session.AgentName;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** The agent of a host, what its attempt listens to, and what it says. Owned by one host. */
final class AgentSide {
  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final AgentName name;
  private final Agent agent;
  private final HostLinks links;
  private final Command saysMore;
  private @Nullable ActorRef<Agent.Message> running;
  private @Nullable ActorRef<AttemptEar.Command> ear;
  private @Nullable String unsaid;

  /**
   * @param saysMore comes when the latest word may be said: see {@link #say}
   */
  AgentSide(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      AgentName name,
      Agent agent,
      HostLinks links,
      Command saysMore) {
    this.context = context;
    this.timers = timers;
    this.name = name;
    this.agent = agent;
    this.links = links;
    this.saysMore = saysMore;
  }

  /**
   * The agent is started when it is first needed, so that one that cannot start fails attempts,
   * which are counted.
   */
  void tell(Agent.Message message) {
    if (running == null) {
      running =
          context.spawnAnonymous(
              AttemptLog.around(name, LinkGuard.around(Behaviors.setup(_ -> agent.create()))));
      context.watch(running);
    }
    running.tell(message);
  }

  /** The next that it is told is told another. */
  void ended() {
    running = null;
  }

  /** A word about one attempt is not said of the next. */
  void attemptBegins() {
    unsaid = null;
  }

  void says(Attempt attempt, String text) {
    unsaid = text;
    if (!timers.isTimerActive(saysMore)) {
      say(attempt);
    }
  }

  /** At most a few times a second, the latest word only. */
  void say(@Nullable Attempt attempt) {
    if (unsaid != null && attempt != null) {
      links.tell(new AgentEvent.Doing(links.clock().instant(), name, attempt.task(), unsaid));
      unsaid = null;
      timers.startSingleTimer(saysMore, saysMore, links.settings().progressInterval());
    }
  }

  void listen(Attempt attempt, AttemptEar.Command what) {
    if (ear == null) {
      ear = context.spawnAnonymous(AttemptEar.create(attempt, links, context.getSelf()));
    }
    ear.tell(what);
  }

  void closeEar() {
    if (ear != null) {
      context.stop(ear);
      ear = null;
    }
  }
}
