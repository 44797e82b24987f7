package io.nanoswarm.supervisor;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.supervisor.WorkerLauncher.WorkerProcess;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** One worker JVM in the books of its machine, from the first wish for it to its end. Mutable. */
final class OwnedWorker {

  /** Just forward; any phase may be followed by the end. */
  enum Phase {
    QUEUED,
    /** Between exec and hello. */
    STARTING,
    UP,
    STOPPING
  }

  /**
   * An agent that this JVM hosts or shall host.
   *
   * @param slot on whose behalf, null for an orphan: its slot is gone, and another may come
   * @param hosted whether the JVM has said so
   * @param draining whether it shall end when it has finished what it works on
   */
  record Tenant(
      DesiredAgent agent,
      @Nullable ActorRef<AgentSlot.Command> slot,
      boolean hosted,
      boolean draining) {

    void tell(AgentSlot.Command news) {
      if (slot != null) {
        slot.tell(news);
      }
    }

    Tenant of(@Nullable ActorRef<AgentSlot.Command> other) {
      return new Tenant(agent, other, hosted, draining);
    }

    Tenant up() {
      return new Tenant(agent, slot, true, draining);
    }

    Tenant drained() {
      return new Tenant(agent, slot, hosted, true);
    }
  }

  final WorkerId id;
  final Isolation isolation;
  final int heapMegabytes;
  final Map<AgentName, Tenant> tenants = new LinkedHashMap<>();
  Phase phase = Phase.QUEUED;
  @Nullable WorkerProcess process;
  @Nullable ActorRef<Worker.Command> guardian;
  @Nullable Address address;
  @Nullable String killedFor;

  OwnedWorker(WorkerId id, Isolation isolation, int heapMegabytes) {
    this.id = id;
    this.isolation = isolation;
    this.heapMegabytes = heapMegabytes;
  }

  /** Keeps the processor busy: from exec to hello, or to its end if it is killed before. */
  boolean starts() {
    return phase != Phase.QUEUED && guardian == null;
  }

  /** Tells a tenant how far its JVM is. */
  void tellProgress(Tenant tenant) {
    if (process != null) {
      tenant.tell(new AgentSlot.Started(id, process.pid()));
    }
    if (tenant.hosted()) {
      tenant.tell(new AgentSlot.Hosted(id, String.valueOf(address)));
    }
  }

  /** Tells the JVM what its machine offers, as soon as there is one. */
  void offer(Offers offers) {
    if (guardian != null) {
      guardian.tell(new Worker.Offering(offers));
    }
  }

  /** Tells the JVM to host an agent, as soon as there is one. */
  void host(Tenant tenant, Gate gate) {
    if (guardian != null) {
      guardian.tell(new Worker.Host(tenant.agent().name(), tenant.agent().spec(), gate));
    }
  }

  /** Ends the process at once; the first reason is the one that counts. */
  void kill(String cause) {
    if (killedFor == null) {
      killedFor = cause;
    }
    if (process != null) {
      process.kill();
    }
  }
}
