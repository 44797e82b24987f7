package io.nanoswarm.load;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.session.SessionSnapshot.Running;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Kills a worker that has a task, under load, and measures when another attempt at it begins. One
 * agent is left idle, if there are several: what is measured is not how long others' tasks take.
 */
final class WorkerKill {
  /** Short tasks might end before the signal arrives. */
  static final Duration LEAST = Duration.ofMillis(100);

  private static final Duration UNDER_LOAD_FIRST = Duration.ofSeconds(1);
  private static final Duration AGAIN_WITHIN = Duration.ofSeconds(60);

  /**
   * @param elsewhere whether the attempt began in a JVM that ran when the other was killed
   */
  record Result(double seconds, boolean elsewhere) {}

  private final LoadNode node;
  private final InstantSource clock;
  private final int agents;

  WorkerKill(LoadNode node, InstantSource clock, int agents) {
    this.node = node;
    this.clock = clock;
    this.agents = agents;
  }

  /** What tasks do meanwhile: what was asked for, if that takes long enough. */
  static Work work(Work asked) {
    return asked instanceof Work.Wait(var time) && time.compareTo(LEAST) >= 0
        ? asked
        : new Work.Wait(LEAST);
  }

  Result run(Work asked, String name) throws InterruptedException {
    var log = new TaskLog(clock);
    var batches = new Batches(node, agents, node.spawn(log.watching(), "load-log-" + name));
    var work = TaskWork.of(work(asked), clock);
    var arrivals = ClosedArrivals.ofSmallSessions(batches, work, Math.max(1, agents - 1));
    log.listen(arrivals);
    arrivals.prepare();
    batches.pass(UNDER_LOAD_FIRST);
    Map<String, Long> pids = pids(batches);
    var victim = new Victim(pids.keySet());
    log.listen(victim);
    Running attempt = batches.await(victim.first);
    long pid = Objects.requireNonNull(pids.get(attempt.worker().value()));
    var process = ProcessHandle.of(pid).orElseThrow();
    long killed = Stamps.micros(clock.instant());
    var _ = process.destroyForcibly();
    if (!batches.within(victim.again, AGAIN_WITHIN)) {
      throw new IllegalStateException(
          "task %s was not begun again within %s of its worker's death"
              .formatted(attempt.task(), AGAIN_WITHIN));
    }
    Running next = victim.again.join();
    arrivals.drain();
    batches.cancel();
    boolean elsewhere = pids.containsKey(next.worker().value());
    return new Result((Stamps.micros(next.beganAt()) - killed) / 1e6, elsewhere);
  }

  private static Map<String, Long> pids(Batches batches) throws InterruptedException {
    Map<String, Long> pids = new HashMap<>();
    for (AgentView agent : batches.await(batches.node().agents()).agents()) {
      Long pid = agent.pid();
      String worker = agent.worker();
      if (pid != null && worker != null) {
        pids.put(worker, pid);
      }
    }
    return pids;
  }

  /** The next attempt that begins on a worker that is known, and the one after it. */
  private static final class Victim implements TaskLog.Listener {
    private final Set<String> workers;
    private final CompletableFuture<Running> first = new CompletableFuture<>();
    private final CompletableFuture<Running> again = new CompletableFuture<>();
    private @Nullable TaskId task;

    Victim(Set<String> workers) {
      this.workers = new HashSet<>(workers);
    }

    @Override
    public void onBegan(Running attempt) {
      if (task == null && workers.contains(attempt.worker().value())) {
        task = attempt.task();
        var _ = first.complete(attempt);
      } else if (attempt.task().equals(task)) {
        var _ = again.complete(attempt);
      }
    }
  }
}
