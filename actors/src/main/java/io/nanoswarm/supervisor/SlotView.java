package io.nanoswarm.supervisor;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.serialization.CborSerializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One slot of the supervision tree at a moment.
 *
 * @param jvm what it runs in now, if anything
 * @param restarts of its JVM since the slot exists
 * @param lastDeath for people: why its JVM ended last, if it did
 */
public record SlotView(
    DesiredAgent agent, State state, Jvm jvm, int restarts, @Nullable String lastDeath)
    implements CborSerializable {

  /**
   * The JVM of an agent, as far as it is known.
   *
   * @param node of the machine, null while none has accepted the agent
   * @param worker likewise
   * @param pid null while it waits for its turn to be started
   * @param address null before it has joined the cluster
   */
  public record Jvm(
      @Nullable String node,
      @Nullable WorkerId worker,
      @Nullable Long pid,
      @Nullable String address) {
    static final Jvm NONE = new Jvm(null, null, null, null);
  }

  /** Where a slot stands. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Starting.class, name = "starting"),
    @JsonSubTypes.Type(value = Up.class, name = "up"),
    @JsonSubTypes.Type(value = Draining.class, name = "draining"),
    @JsonSubTypes.Type(value = Restarting.class, name = "restarting"),
    @JsonSubTypes.Type(value = GaveUp.class, name = "gave-up"),
    @JsonSubTypes.Type(value = Stopped.class, name = "stopped")
  })
  public sealed interface State {}

  /** Its JVM is wanted, waits for its turn or starts. */
  public record Starting() implements State {}

  /** Its JVM hosts the agent. */
  public record Up() implements State {}

  /**
   * Another slot has taken its place; its JVM ends when the agent has finished what it works on.
   */
  public record Draining() implements State {}

  /**
   * Its JVM has ended.
   *
   * @param at when the next is asked for
   */
  public record Restarting(Instant at) implements State {}

  /** No further JVM is started; {@link SlotView#lastDeath} says why. */
  public record GaveUp() implements State {}

  /** Stopped in order. */
  public record Stopped() implements State {}
}
