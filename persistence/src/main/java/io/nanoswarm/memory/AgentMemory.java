package io.nanoswarm.memory;

import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.entity.FailedWrite;
import io.nanoswarm.memory.AgentMemoryEvent.ValueForgotten;
import io.nanoswarm.memory.AgentMemoryEvent.ValueRemembered;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.SessionId;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.jspecify.annotations.Nullable;

/**
 * What one agent remembers within one session.
 *
 * <p>Guarantees: what was answered with {@link Remembered} or {@link Forgotten} is stored. Every
 * command may be sent again: the second time changes nothing. Not promised: anything between two
 * agents, or between two sessions.
 *
 * <p>Lifecycle: started by its first message, leaves memory when nobody has sent anything for a
 * while, restarts with backoff when a write failed.
 */
public final class AgentMemory
    extends EventSourcedBehavior<AgentMemory.Command, AgentMemoryEvent, AgentMemoryState> {
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "agent-memory");

  private final AgentMemorySettings settings;

  /** What a memory is told. */
  public sealed interface Command extends CborSerializable {}

  /** Asks for the value under a key. */
  public record Recall(String key, ActorRef<Recalled> replyTo) implements Command {}

  /** Keeps a value under a key, in place of any that stood there. */
  public record Remember(String key, String value, ActorRef<RememberReply> replyTo)
      implements Command {}

  /** Drops the value under a key, if there is one. */
  public record Forget(String key, ActorRef<Forgotten> replyTo) implements Command {}

  private record Stop() implements Command {}

  /**
   * What stands under a key.
   *
   * @param value null if nothing does
   */
  public record Recalled(String key, @Nullable String value) implements CborSerializable {}

  /** What became of a {@link Remember}. */
  public sealed interface RememberReply extends CborSerializable {}

  /** The value is stored. */
  public record Remembered(String key) implements RememberReply {}

  /** The memory holds as many values as it may, and none under this key. */
  public record Full(int limit) implements RememberReply {}

  /** A key or a value is larger than it may be. */
  public record TooLarge(Part part, int bytes, int limit) implements RememberReply {}

  /** What can be too large. */
  public enum Part {
    KEY,
    VALUE
  }

  /** Nothing stands under the key, and that is stored. */
  public record Forgotten(String key) implements CborSerializable {}

  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system, AgentMemorySettings settings) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(TYPE_KEY, entity -> new AgentMemory(entity.getEntityId(), settings))
                .withRole(NodeRole.CONTROL.id())
                .withSettings(passivating(system, settings))
                .withStopMessage(new Stop()));
  }

  private static ClusterShardingSettings passivating(
      ActorSystem<?> system, AgentMemorySettings settings) {
    var sharding = ClusterShardingSettings.create(system);
    return sharding.withPassivationStrategy(
        sharding.passivationStrategySettings().withIdleEntityPassivation(settings.idleTimeout()));
  }

  /** The id of the entity that remembers for this agent in this session. */
  public static String entityId(SessionId session, AgentName agent) {
    return session.value() + "/" + agent.value();
  }

  /** One entity, for those who host it themselves. */
  public static Behavior<Command> create(
      SessionId session, AgentName agent, AgentMemorySettings settings) {
    return new AgentMemory(entityId(session, agent), settings);
  }

  private AgentMemory(String entityId, AgentMemorySettings settings) {
    super(PersistenceId.of(TYPE_KEY.name(), entityId), FailedWrite.RESTART);
    this.settings = settings;
  }

  @Override
  public AgentMemoryState emptyState() {
    return AgentMemoryState.EMPTY;
  }

  @Override
  public CommandHandler<Command, AgentMemoryEvent, AgentMemoryState> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<AgentMemoryState, AgentMemoryEvent> eventHandler() {
    return AgentMemoryState::apply;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), settings.keepSnapshots());
  }

  private Effect<AgentMemoryEvent, AgentMemoryState> onCommand(
      AgentMemoryState state, Command command) {
    return switch (command) {
      case Recall(var key, var replyTo) ->
          Effect().reply(replyTo, new Recalled(key, state.values().get(key)));
      case Remember remember -> onRemember(state, remember);
      case Forget forget -> onForget(state, forget);
      case Stop _ -> Effect().stop();
    };
  }

  private Effect<AgentMemoryEvent, AgentMemoryState> onRemember(
      AgentMemoryState state, Remember command) {
    var key = command.key();
    var value = command.value();
    if (value.equals(state.values().get(key))) {
      return Effect().reply(command.replyTo(), new Remembered(key));
    }
    var refusal = refusal(state, key, value);
    if (refusal != null) {
      return Effect().reply(command.replyTo(), refusal);
    }
    return Effect()
        .persist(new ValueRemembered(key, value))
        .thenReply(command.replyTo(), _ -> new Remembered(key));
  }

  private @Nullable RememberReply refusal(AgentMemoryState state, String key, String value) {
    int keyBytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (keyBytes > settings.maxKeyBytes()) {
      return new TooLarge(Part.KEY, keyBytes, settings.maxKeyBytes());
    }
    int valueBytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (valueBytes > settings.maxValueBytes()) {
      return new TooLarge(Part.VALUE, valueBytes, settings.maxValueBytes());
    }
    if (!state.values().containsKey(key) && state.values().size() >= settings.maxValues()) {
      return new Full(settings.maxValues());
    }
    return null;
  }

  private Effect<AgentMemoryEvent, AgentMemoryState> onForget(
      AgentMemoryState state, Forget command) {
    var key = command.key();
    if (!state.values().containsKey(key)) {
      return Effect().reply(command.replyTo(), new Forgotten(key));
    }
    return Effect()
        .persist(new ValueForgotten(key))
        .thenReply(command.replyTo(), _ -> new Forgotten(key));
  }
}
