package io.nanoswarm.load.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a load test found; its JSON form is described in {@code docs/load.md}.
 *
 * @param form of this record; grows when a field changes its meaning
 * @param recovery null if no worker was killed
 */
public record LoadReport(
    int form,
    String version,
    Instant at,
    String command,
    Machine machine,
    Asked asked,
    List<Point> points,
    @Nullable Recovery recovery,
    Scaling scaling,
    List<String> remarks) {
  public static final int FORM = 1;

  public LoadReport {
    points = List.copyOf(points);
    remarks = List.copyOf(remarks);
  }

  /**
   * @param load of the machine when the test began, if the system tells: what others did meanwhile
   */
  public record Machine(
      int cores, long memoryMegabytes, String jdk, String os, @Nullable Double load) {}

  /**
   * @param loop {@code open}: tasks arrive by a schedule; {@code closed}: whoever is done takes the
   *     next
   * @param sessions that tasks are spread over; 0 for a session of its own for each
   * @param perMachine agents on each machine node; 0 if all are on the control node's machine
   */
  public record Asked(
      List<Integer> agents,
      String isolation,
      String work,
      String loop,
      @Nullable Double rate,
      double durationSeconds,
      double warmUpSeconds,
      int repeats,
      int sessions,
      int perMachine) {
    public boolean open() {
      return loop.equals("open");
    }
  }

  /**
   * What was measured with a number of agents.
   *
   * @param throughput tasks a second whose outcome was stored
   * @param latency null if no task was done; see {@link Asked#loop}: with a schedule from the
   *     intended start to the outcome's being stored, else from the attempt's begin
   * @param arrivals null without a schedule
   * @param parts milliseconds of a task, in the mean; with a session for each task the posting of
   *     its answer as well
   * @param startUp seconds from exec to up of each agent's JVM that was started for this point,
   *     null if none was
   * @param journal what was stored, and what the journal does alone
   */
  public record Point(
      int agents,
      Spread throughput,
      @Nullable Latency latency,
      @Nullable Arrivals arrivals,
      Map<Part, Spread> parts,
      @Nullable Spread startUp,
      Resources resources,
      JournalShare journal,
      long failed) {}

  /**
   * Of all repeats together, in the time that counts.
   *
   * @param intended by the schedule
   * @param done of these, before the test waited no longer
   * @param late seconds that the schedule itself was behind, at worst: then the machine was too
   *     busy to make load
   */
  public record Arrivals(long intended, long done, double late) {}

  /**
   * In the time that counts.
   *
   * @param residentEach MB of an agent's JVM; null where the system does not tell
   * @param proportionalEach MB of an agent's JVM, shared pages divided by those who share them
   * @param nodeResident MB of the control node, this load test within
   * @param cpuEach cores that an agent's JVM kept busy
   * @param cpuNode cores that the control node kept busy, this load test within, and machine nodes
   * @param cpuPerTask milliseconds of processor time of all JVMs for a task
   */
  public record Resources(
      int jvms,
      @Nullable Spread residentEach,
      @Nullable Spread proportionalEach,
      @Nullable Spread nodeResident,
      Spread cpuEach,
      Spread cpuNode,
      @Nullable Spread cpuPerTask) {}

  /**
   * @param eventsPerTask stored for a task, those of its session and blackboard within
   * @param bytesPerEvent of the payload
   * @param writers persistence ids that stored something
   * @param alone tasks a second, if the journal stored the same events and nothing else were done:
   *     from as many persistence ids at a time, each storing together what is in flight of it
   * @param aloneSingly the same, one event at a time from each persistence id
   * @param bare rounds a second of messages between the agents' JVMs and the node, each answered
   *     when an event of that size is stored, and nothing else: what no swarm of these JVMs could
   *     exceed
   * @param ratio throughput to {@code alone}
   * @param ratioToBare throughput to {@code bare}
   */
  public record JournalShare(
      double eventsPerTask,
      int bytesPerEvent,
      long writers,
      Spread alone,
      Spread aloneSingly,
      Spread bare,
      Spread ratio,
      Spread ratioToBare) {}

  /**
   * After a {@code kill -9} of a worker that had a task.
   *
   * @param seconds from the kill to the task's next attempt
   * @param elsewhere how many of these began in another JVM that ran already
   * @param work of the tasks meanwhile
   */
  public record Recovery(int agents, int kills, int elsewhere, Spread seconds, String work) {}
}
