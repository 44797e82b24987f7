package io.nanoswarm.supervisor;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.supervisor.OwnedWorker.Phase;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** All worker JVMs of a machine, in the order in which they were asked for. Mutable; no actor. */
final class Fleet {
  private static final int SUFFIX_DIGITS = 7;

  private final int sharedHeapMegabytes;
  private final RandomGenerator random;
  private final Map<WorkerId, OwnedWorker> workers = new LinkedHashMap<>();

  Fleet(int sharedHeapMegabytes, RandomGenerator random) {
    this.sharedHeapMegabytes = sharedHeapMegabytes;
    this.random = random;
  }

  /**
   * The JVM that this agent belongs into: a new one, or the shared one if there is one already that
   * does not still host an agent of this name, whose place this one takes.
   */
  OwnedWorker placeFor(DesiredAgent agent) {
    return switch (agent.isolation()) {
      case PROCESS -> add(agent.name().value(), agent, agent.spec().heapMegabytes());
      case SHARED ->
          workers.values().stream()
              .filter(worker -> worker.isolation == Isolation.SHARED)
              .filter(worker -> worker.phase != Phase.STOPPING)
              .filter(worker -> !worker.tenants.containsKey(agent.name()))
              .findFirst()
              .orElseGet(() -> add("shared", agent, sharedHeapMegabytes));
    };
  }

  private OwnedWorker add(String prefix, DesiredAgent agent, int heapMegabytes) {
    WorkerId id;
    do {
      var suffix = Long.toString(random.nextLong(1L << 35), Character.MAX_RADIX);
      id = new WorkerId(prefix + "-" + "0".repeat(SUFFIX_DIGITS - suffix.length()) + suffix);
    } while (workers.containsKey(id));
    var worker = new OwnedWorker(id, agent.isolation(), heapMegabytes);
    workers.put(id, worker);
    return worker;
  }

  /** The JVM of an agent of this name whose slot is gone, if one runs that is not to end. */
  Optional<OwnedWorker> orphanageOf(AgentName agent) {
    return workers.values().stream()
        .filter(worker -> worker.phase != Phase.STOPPING)
        .filter(worker -> {
          var tenant = worker.tenants.get(agent);
          return tenant != null && tenant.slot() == null && !tenant.draining();
        })
        .findFirst();
  }

  /** Agents whose slots are gone and that another slot may take over. */
  Set<AgentName> orphans() {
    return workers.values().stream()
        .flatMap(worker -> worker.tenants.keySet().stream())
        .filter(agent -> orphanageOf(agent).isPresent())
        .collect(Collectors.toSet());
  }

  int agents() {
    return workers.values().stream().mapToInt(worker -> worker.tenants.size()).sum();
  }

  Optional<OwnedWorker> find(WorkerId id) {
    return Optional.ofNullable(workers.get(id));
  }

  void remove(WorkerId id) {
    workers.remove(id);
  }

  Collection<OwnedWorker> all() {
    return workers.values();
  }

  /**
   * The next JVM to start, if its turn has come. Starting is bound by the processor, so few start
   * at a time: in the order in which they were wanted, since what is wanted first is needed first.
   * But when as many of a role as may start at a time are up or start, a role of which there is
   * none goes first, so that work of every kind begins early.
   */
  Optional<OwnedWorker> nextToStart(int atOnce) {
    if (workers.values().stream().filter(OwnedWorker::starts).count() >= atOnce) {
      return Optional.empty();
    }
    var begun =
        workers.values().stream()
            .filter(worker -> worker.phase == Phase.STARTING || worker.phase == Phase.UP)
            .toList();
    var queued = workers.values().stream().filter(worker -> worker.phase == Phase.QUEUED).toList();
    return queued.stream()
        .filter(worker -> alike(begun, worker) < atOnce)
        .findFirst()
        .or(() -> queued.stream().findFirst());
  }

  /** How many of these host an agent of a role that this one shall host. */
  private static long alike(List<OwnedWorker> workers, OwnedWorker one) {
    return workers.stream()
        .filter(other -> !Collections.disjoint(roles(other), roles(one)))
        .count();
  }

  private static Set<AgentRole> roles(OwnedWorker worker) {
    return worker.tenants.values().stream()
        .map(tenant -> tenant.agent().spec().role())
        .collect(Collectors.toSet());
  }
}
