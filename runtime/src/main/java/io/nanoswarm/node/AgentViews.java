package io.nanoswarm.node;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.AgentsView.OffersView;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionSnapshot.Running;
import io.nanoswarm.supervisor.MachinesView;
import io.nanoswarm.supervisor.SlotView;
import io.nanoswarm.supervisor.SupervisorView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The supervision tree as people see it: slots from the supervisor, tasks from the sessions that
 * are driven.
 */
final class AgentViews {
  private final AgentsView.NodeView node;
  private final AgentPool pool;
  private final Supplier<CompletionStage<Set<SessionId>>> driven;
  private final Function<SessionId, CompletionStage<SessionSnapshot>> sessions;
  private final Executor blocking;

  AgentViews(
      AgentsView.NodeView node,
      AgentPool pool,
      Supplier<CompletionStage<Set<SessionId>>> driven,
      Function<SessionId, CompletionStage<SessionSnapshot>> sessions,
      Executor blocking) {
    this.node = node;
    this.pool = pool;
    this.driven = driven;
    this.sessions = sessions;
    this.blocking = blocking;
  }

  /** While an agent is being replaced, two JVMs host one of its name. */
  private record Place(AgentName agent, @Nullable WorkerId worker) {}

  CompletionStage<AgentsView> now() {
    return driven.get().thenCompose(this::snapshots).thenCompose(this::of);
  }

  private CompletionStage<List<SessionSnapshot>> snapshots(Set<SessionId> driven) {
    CompletionStage<List<SessionSnapshot>> all =
        CompletableFuture.completedStage(new ArrayList<>());
    for (SessionId session : driven) {
      all =
          all.thenCombine(
              sessions.apply(session),
              (before, snapshot) -> {
                before.add(snapshot);
                return before;
              });
    }
    return all;
  }

  /**
   * The same for who has asked the sessions already.
   *
   * @param sessions those that are driven
   */
  CompletionStage<AgentsView> of(List<SessionSnapshot> sessions) {
    return pool.view()
        .thenApply(tree -> new Seen(running(sessions), tree))
        .thenCombineAsync(pool.machines(), this::view, blocking);
  }

  /**
   * Kills an agent's JVM, for another to be started. Fails with {@link SwarmProblem} if there is no
   * agent of that name.
   */
  CompletionStage<AgentsView> restart(String name) {
    return pool.restart(agent(name))
        .thenCompose(known -> {
          if (!known) {
            throw unknown(name);
          }
          return now();
        });
  }

  private static AgentName agent(String name) {
    try {
      return new AgentName(name);
    } catch (IllegalArgumentException _) {
      throw unknown(name);
    }
  }

  private static SwarmProblem unknown(String name) {
    return new SwarmProblem(
        SwarmProblem.Kind.NOT_FOUND,
        "no agent '%s'".formatted(name),
        "the agents are listed by `swarm agents`");
  }

  private static Map<Place, Running> running(List<SessionSnapshot> sessions) {
    var running = new HashMap<Place, Running>();
    for (SessionSnapshot session : sessions) {
      session
          .running()
          .values()
          .forEach(each -> running.put(new Place(each.agent(), each.worker()), each));
    }
    return running;
  }

  private record Seen(Map<Place, Running> running, SupervisorView tree) {}

  private AgentsView view(Seen seen, MachinesView machines) {
    List<AgentView> agents =
        seen.tree().slots().stream()
            .map(slot ->
                view(slot, seen.running().get(new Place(slot.agent().name(), slot.jvm().worker()))))
            .toList();
    return new AgentsView(node, agents, view(offers(machines)));
  }

  /** Those of the first machine: with several, each tells its own in the list of nodes. */
  private static Offers offers(MachinesView machines) {
    return machines.machines().stream()
        .findFirst()
        .map(MachinesView.MachineView::offers)
        .orElse(Offers.NONE);
  }

  static OffersView view(Offers offers) {
    return new OffersView(
        offers.os(),
        offers.cores(),
        offers.memoryMegabytes(),
        new TreeSet<>(offers.labels()),
        new TreeMap<>(offers.programs()),
        new TreeMap<>(offers.runtimes()),
        new TreeSet<>(offers.variables()));
  }

  private AgentView view(SlotView slot, @Nullable Running running) {
    Long pid = slot.jvm().pid();
    return new AgentView(
        slot.agent().name().value(),
        slot.agent().spec().role().value(),
        state(slot.state(), running),
        slot.agent().isolation().name().toLowerCase(Locale.ROOT),
        slot.jvm().node(),
        pid,
        slot.jvm().worker() == null ? null : slot.jvm().worker().value(),
        slot.restarts(),
        slot.lastDeath(),
        running == null ? null : running.task().value(),
        null,
        pid == null || !node.address().endsWith("@" + slot.jvm().node()) ? null : megabytes(pid));
  }

  private static String state(SlotView.State state, @Nullable Running running) {
    return switch (state) {
      case SlotView.Starting _ -> "starting";
      case SlotView.Up _ -> running == null ? "idle" : "working";
      case SlotView.Draining _ -> "draining";
      case SlotView.Restarting _ -> "restarting";
      case SlotView.GaveUp _ -> "gave-up";
      case SlotView.Stopped _ -> "stopped";
    };
  }

  /** Resident memory, where the system has a {@code /proc}. */
  private static @Nullable Long megabytes(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isReadable(status)) {
      return null;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(null);
    } catch (IOException _) {
      return null; // the process has ended meanwhile
    }
  }
}
