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

  /** An agent that this JVM hosts or shall host. */
  record Tenant(DesiredAgent agent, Gate gate, ActorRef<AgentSlot.Command> slot) {}

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

  /** Tells a tenant how far its JVM is, and the JVM to host it, as soon as there is one. */
  void admit(Tenant tenant) {
    if (process != null) {
      tenant.slot().tell(new AgentSlot.Started(id, process.pid()));
    }
    host(tenant);
  }

  /** Tells the JVM what its machine offers, as soon as there is one. */
  void offer(Offers offers) {
    if (guardian != null) {
      guardian.tell(new Worker.Offering(offers));
    }
  }

  void host(Tenant tenant) {
    if (guardian != null) {
      guardian.tell(new Worker.Host(tenant.agent().name(), tenant.agent().spec(), tenant.gate()));
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
