package io.nanoswarm.load;

import io.nanoswarm.client.UserError;
import io.nanoswarm.load.report.LoadReport;
import io.nanoswarm.node.Memory;
import io.nanoswarm.node.SwarmProblem;
import io.nanoswarm.session.Plan;
import io.nanoswarm.supervisor.Isolation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures a swarm under load, with a real control node in this JVM on a folder of its own.
 *
 * <p>Guarantees: folder and processes are gone when {@link #run} returns or throws, also when its
 * thread was interrupted. Of what could not be measured nothing is told.
 */
public final class LoadTest {
  /** Hears what is being done, in a few words. */
  @FunctionalInterface
  public interface Progress {
    void says(String text);
  }

  private final LoadRequest request;
  private final String version;
  private final String command;
  private final Path parent;
  private final InstantSource clock;
  private final Progress progress;
  private final AtomicReference<@Nullable ScratchFolder> scratch = new AtomicReference<>();

  /**
   * @param command that was typed, for the report
   * @param parent of the folder that the node works in
   */
  public LoadTest(
      LoadRequest request,
      String version,
      String command,
      Path parent,
      InstantSource clock,
      Progress progress) {
    this.request = request;
    this.version = version;
    this.command = command;
    this.parent = parent;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Refuses what cannot be measured here, before anything is started.
   *
   * @throws UserError with what to do
   */
  public static void check(LoadRequest request) {
    var isolation =
        switch (request.isolation()) {
          case PROCESS -> Isolation.PROCESS;
          case SHARED -> Isolation.SHARED;
        };
    try {
      Memory.check(request.mostAgents(), isolation);
    } catch (SwarmProblem problem) {
      throw UserError.usage(String.valueOf(problem.getMessage()), problem.hint());
    }
    Double rate = request.rate();
    if (rate != null && request.sessions() != LoadRequest.EACH) {
      Duration time = request.warmUp().plus(request.duration()).plus(Arrivals.SLACK);
      long each = Math.ceilDiv(ArrivalSchedule.count(rate, time), request.sessions());
      if (each > Plan.MAX_TASKS) {
        throw UserError.usage(
            "%d tasks for each session (at most %d)".formatted(each, Plan.MAX_TASKS),
            "spread them over more sessions with --sessions N, or give a lower --rate or a shorter"
                + " --duration");
      }
    }
  }

  /**
   * Runs the whole test, for as long as the request says and what it takes to start.
   *
   * @throws InterruptedException if the thread was interrupted: what was measured so far is lost
   */
  public LoadReport run() throws InterruptedException, IOException, SQLException {
    var machine = ThisMachine.now();
    var began = clock.instant();
    SortedMap<Integer, List<PointRun.Result>> points = new TreeMap<>();
    var kills = new ArrayList<WorkerKill.Result>();
    TaskWork work = TaskWork.of(request.work(), clock);
    for (int repeat = 1; repeat <= request.repeats(); repeat++) {
      repeat(repeat, work, points, kills);
    }
    return new Evaluation(request, points, kills).report(version, began, command, machine);
  }

  private void repeat(
      int repeat,
      TaskWork work,
      SortedMap<Integer, List<PointRun.Result>> points,
      List<WorkerKill.Result> kills)
      throws InterruptedException, IOException, SQLException {
    String which = "repeat %d of %d: ".formatted(repeat, request.repeats());
    progress.says(which + "starting a node");
    try (var folder = ScratchFolder.in(parent)) {
      scratch.set(folder);
      try (var node = LoadNode.start(folder, request.isolation(), version, clock);
          var machines = new LoadMachines(node, folder.machines(), clock)) {
        for (int agents : request.agents()) {
          progress.says(which + (agents == 1 ? "1 agent" : agents + " agents"));
          if (request.machines(agents) > 0) {
            machines.bringUp(request.machines(agents));
          }
          var point = new PointRun(node, machines, request, work, clock, agents, "n" + agents);
          points.computeIfAbsent(agents, _ -> new ArrayList<>()).add(point.run());
        }
        progress.says(which + "killing a worker under load");
        kills.add(new WorkerKill(node, clock, request.mostAgents()).run(request.work(), "kill"));
      }
    }
  }

  /** For an end without order: removes what it can of the folder. The workers end with this JVM. */
  public void abandon() {
    ScratchFolder folder = scratch.get();
    if (folder != null) {
      try {
        folder.close();
      } catch (IOException _) {
        progress.says("the folder could not be removed; the next load test does it");
      }
    }
  }
}
