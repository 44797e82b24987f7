package io.nanoswarm.testkit.internal;

import io.nanoswarm.session.AgentName;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * All that one agent's JVM and the rest of the swarm say to each other. What goes out has its
 * references replaced by such as lead back through here, so that replies can be lost as well.
 */
final class Wire extends AbstractMatchingBehavior<Wire.Command> {
  private static final String RELEASE = "release";

  /** Time does not pass while anybody has anything to do. */
  private static final Duration ONCE_ALL_HAVE_HEARD = Duration.ofMillis(1);

  private final TimerScheduler<Command> timers;
  private final AgentName agent;
  private final Network network;
  private final Map<ActorRef<?>, ActorRef<?>> relays = new HashMap<>();
  private final List<Letter> held = new ArrayList<>();
  private boolean cut;
  private boolean holding;
  private long delayed;

  sealed interface Command {}

  /** Nothing passes, in either direction, until told otherwise. */
  record Cut(boolean off) implements Command {}

  /**
   * What was held back passes, and what comes from now on; but not before everybody has heard what
   * is to be heard now.
   */
  record Release() implements Command {}

  private record ReleaseDue() implements Command {}

  private sealed interface Letter extends Command {}

  private record Out<C>(ActorRef<ShardingEnvelope<C>> to, ShardingEnvelope<C> envelope)
      implements Letter {}

  private record Back<R>(ActorRef<R> to, R message) implements Letter {}

  private record Due(Letter letter) implements Command {}

  private record RelayGone(ActorRef<?> original) implements Command {}

  static Behavior<Command> create(AgentName agent, Network network) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Wire(context, timers, agent, network)));
  }

  /** A door that stands on this side of the wire. */
  static <C> ActorRef<ShardingEnvelope<C>> door(
      ActorContext<?> owner, ActorRef<Command> wire, ActorRef<ShardingEnvelope<C>> to) {
    return owner.spawnAnonymous(
        Behaviors.<ShardingEnvelope<C>>receiveMessage(envelope -> {
          wire.tell(new Out<>(to, envelope));
          return Behaviors.same();
        }));
  }

  private Wire(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      AgentName agent,
      Network network) {
    super(context);
    this.timers = timers;
    this.agent = agent;
    this.network = network;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Letter letter -> pass(letter);
      case Due(var letter) -> deliver(letter);
      case Cut(var off) -> cut = off;
      case Release _ -> timers.startSingleTimer(RELEASE, new ReleaseDue(), ONCE_ALL_HAVE_HEARD);
      case ReleaseDue _ -> release();
      case RelayGone(var original) -> relays.remove(original);
    }
    return this;
  }

  private void pass(Letter letter) {
    if (holding) {
      held.add(letter);
      return;
    }
    switch (letter) {
      case Out<?> out -> judge(rerouted(out), out.envelope().message());
      case Back<?> back -> judge(back, back.message());
    }
  }

  private void judge(Letter letter, Object message) {
    if (cut) {
      return;
    }
    switch (network.judge(agent, message)) {
      case Network.Deliver _ -> deliver(letter);
      case Network.Lose _ -> {}
      case Network.Repeat _ -> {
        deliver(letter);
        deliver(letter);
      }
      case Network.Delay(var by) -> {
        delayed++;
        timers.startSingleTimer(delayed, new Due(letter), by);
      }
      case Network.Then(var what) -> {
        deliver(letter);
        what.run();
      }
      case Network.ThenKill(var kill) -> {
        deliver(letter);
        holding = true;
        kill.run();
      }
    }
  }

  private void release() {
    holding = false;
    var letters = List.copyOf(held);
    held.clear();
    letters.forEach(this::pass);
  }

  private void deliver(Letter letter) {
    if (!cut) {
      switch (letter) {
        case Out<?> out -> send(out);
        case Back<?> back -> reply(back);
      }
    }
  }

  private static <C> void send(Out<C> out) {
    out.to().tell(out.envelope());
  }

  private static <R> void reply(Back<R> back) {
    back.to().tell(back.message());
  }

  private <C> Out<C> rerouted(Out<C> out) {
    C message = out.envelope().message();
    return new Out<>(out.to(), new ShardingEnvelope<>(out.envelope().entityId(), copy(message)));
  }

  /** Messages are records: another of the same kind, whose references lead back through here. */
  private <C> C copy(C message) {
    RecordComponent[] parts = message.getClass().getRecordComponents();
    var types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values = new Object[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        Object value = parts[i].getAccessor().invoke(message);
        values[i] = value instanceof ActorRef<?> ref ? relay(ref) : value;
      }
      @SuppressWarnings("unchecked") // the class of this very message
      var constructor = (Constructor<C>) message.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s is no public record".formatted(message.getClass()), e);
    }
  }

  /** Always the same for the same actor, and ends with it. */
  private <R> ActorRef<?> relay(ActorRef<R> original) {
    return relays.computeIfAbsent(
        original,
        _ -> {
          ActorRef<Command> wire = getContext().getSelf();
          ActorRef<R> relay = getContext().spawnAnonymous(Wire.<R>relay(original, wire));
          getContext().watchWith(relay, new RelayGone(original));
          return relay;
        });
  }

  private static <R> Behavior<R> relay(ActorRef<R> original, ActorRef<Command> wire) {
    return Behaviors.setup(context -> {
      context.watch(original);
      return Behaviors.<R>receive(
          (_, message) -> {
            wire.tell(new Back<>(original, message));
            return Behaviors.same();
          },
          (_, _) -> Behaviors.stopped());
    });
  }
}
