package io.nanoswarm.testkit.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/**
 * Hosts the entities of one kind, as sharding does: starts each at its first message, lets it go
 * when it asks, and keeps what comes meanwhile for the next.
 */
public final class LocalShard<C> extends AbstractMatchingBehavior<LocalShard.Command<C>> {
  private final @Nullable C stopMessage;
  private final BiFunction<String, ActorRef<ClusterSharding.ShardCommand>, Behavior<C>> entities;
  private final ActorRef<ClusterSharding.ShardCommand> self;
  private final Map<String, ActorRef<C>> running = new HashMap<>();
  private final Map<String, List<C>> kept = new HashMap<>();

  /** What a shard is told. */
  public sealed interface Command<C> {}

  /** Tell an entity. */
  public record Deliver<C>(ShardingEnvelope<C> envelope) implements Command<C> {}

  /** End an entity in mid-work, as the death of its node would; its next message starts it. */
  public record Crash<C>(String entity) implements Command<C> {}

  private record LetGo<C>(ActorRef<?> entity) implements Command<C> {}

  private record Gone<C>(String entity) implements Command<C> {}

  /**
   * @param stopMessage tells an entity to stop that has asked to be let go
   */
  public static <C> Behavior<Command<C>> create(
      C stopMessage,
      BiFunction<String, ActorRef<ClusterSharding.ShardCommand>, Behavior<C>> entities) {
    return Behaviors.setup(context -> new LocalShard<>(context, stopMessage, entities));
  }

  /** Of entities that never ask to be let go. */
  public static <C> Behavior<Command<C>> create(Function<String, Behavior<C>> entities) {
    return Behaviors.setup(
        context -> new LocalShard<>(context, null, (entity, _) -> entities.apply(entity)));
  }

  /** Where envelopes are sent to, as to a shard region. */
  public static <C> ActorRef<ShardingEnvelope<C>> door(
      ActorContext<?> owner, ActorRef<Command<C>> shard) {
    return owner.spawnAnonymous(
        Behaviors.<ShardingEnvelope<C>>receiveMessage(envelope -> {
          shard.tell(new Deliver<>(envelope));
          return Behaviors.same();
        }));
  }

  private LocalShard(
      ActorContext<Command<C>> context,
      @Nullable C stopMessage,
      BiFunction<String, ActorRef<ClusterSharding.ShardCommand>, Behavior<C>> entities) {
    super(context);
    this.stopMessage = stopMessage;
    this.entities = entities;
    self =
        context.messageAdapter(
            ClusterSharding.ShardCommand.class,
            asked -> new LetGo<>(((ClusterSharding.Passivate<?>) asked).entity()));
  }

  @Override
  public Behavior<Command<C>> onMessage(Command<C> command) {
    switch (command) {
      case Deliver<C>(var envelope) -> deliver(envelope.entityId(), envelope.message());
      case Crash<C>(var entity) -> end(entity);
      case LetGo<C>(var ref) -> nameOf(ref).ifPresent(this::letGo);
      case Gone<C>(var entity) -> onGone(entity);
    }
    return this;
  }

  private void deliver(String entity, C message) {
    List<C> waiting = kept.get(entity);
    if (waiting != null) {
      waiting.add(message);
    } else {
      running.computeIfAbsent(entity, this::start).tell(message);
    }
  }

  private ActorRef<C> start(String entity) {
    ActorRef<C> ref = getContext().spawnAnonymous(entities.apply(entity, self));
    getContext().watchWith(ref, new Gone<>(entity));
    return ref;
  }

  /** At once: what was sent to it before is lost. */
  private void end(String entity) {
    leaving(entity).ifPresent(getContext()::stop);
  }

  /** What was sent to it before comes first. */
  private void letGo(String entity) {
    C message = Objects.requireNonNull(stopMessage);
    leaving(entity).ifPresent(ref -> ref.tell(message));
  }

  private Optional<ActorRef<C>> leaving(String entity) {
    Optional<ActorRef<C>> ref = Optional.ofNullable(running.remove(entity));
    if (ref.isPresent()) {
      kept.put(entity, new ArrayList<>());
    }
    return ref;
  }

  private void onGone(String entity) {
    running.remove(entity);
    List<C> waiting = kept.remove(entity);
    if (waiting != null) {
      waiting.forEach(message -> deliver(entity, message));
    }
  }

  private Optional<String> nameOf(ActorRef<?> ref) {
    return running.entrySet().stream()
        .filter(each -> each.getValue().equals(ref))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
