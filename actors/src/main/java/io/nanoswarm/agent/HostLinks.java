package io.nanoswarm.agent;

import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.trace.Spans;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.Scheduler;

/**
 * What every host of a worker shares.
 *
 * @param gate to the control nodes
 * @param bus the worker's message bus
 * @param artifacts where large content is kept
 * @param cache where agents keep what can be made again
 * @param scheduler for time-outs
 * @param spans where those of attempts go
 */
public record HostLinks(
    Gate gate,
    MessageBus bus,
    ArtifactStore artifacts,
    Path cache,
    AgentHostSettings settings,
    Scheduler scheduler,
    InstantSource clock,
    Spans spans) {

  /** Without traces. */
  public HostLinks(
      Gate gate,
      MessageBus bus,
      ArtifactStore artifacts,
      Path cache,
      AgentHostSettings settings,
      Scheduler scheduler,
      InstantSource clock) {
    this(gate, bus, artifacts, cache, settings, scheduler, clock, Spans.NONE);
  }

  /** Tells whoever listens; at most once. */
  void tell(AgentEvent event) {
    var _ = bus.publish(AgentEvent.CHANNEL, AgentEventJson.write(event));
  }
}
