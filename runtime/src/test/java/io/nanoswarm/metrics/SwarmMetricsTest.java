package io.nanoswarm.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.metrics.Reading.JournalReading;
import io.nanoswarm.metrics.Reading.MemberReading;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.AttemptStep;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Wait;
import io.nanoswarm.session.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.annotations.JUnit5TestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.JUnit5TestKitBuilder;
import org.apache.pekko.actor.testkit.typed.javadsl.TestKitJUnit5Extension;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestKitJUnit5Extension.class)
public class SwarmMetricsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final AgentRole READER = new AgentRole("reader");
  private static final SessionId SESSION = new SessionId("goal-1");
  private static final JournalReading JOURNAL = new JournalReading(Duration.ofMillis(3), 2, 1);
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\|(.*?)\\|.*");

  @JUnit5TestKit public ActorTestKit kit = new JUnit5TestKitBuilder().build();
  private final SwarmMetrics metrics = new SwarmMetrics("1.2.3");
  private final AttemptMetrics attempts = metrics.attempts();

  @Test
  void operations_explains_each_metric_with_its_type_and_its_labels_and_none_that_is_not_there()
      throws IOException {
    count(READER, AttemptStep.What.BEGUN, null);
    count(READER, AttemptStep.What.COMPLETED, Duration.ofSeconds(2));

    assertThat(exposed(metrics.text(reading()))).isEqualTo(documented());
  }

  /** By name, its type and its labels. */
  private static Map<String, String> exposed(String text) {
    var types = new TreeMap<String, String>();
    var labels = new TreeMap<String, TreeSet<String>>();
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        types.put(type.group(1), type.group(2));
      } else if (!line.startsWith("#") && sample.matches()) {
        String name =
            types.containsKey(sample.group(1))
                ? sample.group(1)
                : sample.group(1).replaceFirst("_(bucket|count|sum)$", "");
        var of = labels.computeIfAbsent(name, _ -> new TreeSet<>());
        LABEL
            .matcher(sample.group(2) == null ? "" : sample.group(2))
            .results()
            .map(label -> label.group(1))
            .filter(label -> !label.equals("le"))
            .forEach(of::add);
      }
    }
    var all = new TreeMap<String, String>();
    types.forEach(
        (name, type) -> all.put(name, type + " " + labels.getOrDefault(name, new TreeSet<>())));
    return all;
  }

  private static Map<String, String> documented() throws IOException {
    var all = new TreeMap<String, String>();
    for (String line : Files.readAllLines(Path.of("../docs/operations.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        var labels = new TreeSet<String>();
        Arrays.stream(row.group(3).split(","))
            .map(each -> each.replace("`", "").strip())
            .filter(each -> !each.isEmpty())
            .forEach(labels::add);
        all.put(row.group(1), row.group(2) + " " + labels);
      }
    }
    return all;
  }

  @Test
  void attempts_are_counted_by_role_and_how_they_ended() {
    count(READER, AttemptStep.What.BEGUN, null);
    count(READER, AttemptStep.What.BEGUN, null);
    count(READER, AttemptStep.What.CUT_OFF, null);
    count(READER, AttemptStep.What.COMPLETED, Duration.ofSeconds(2));

    assertThat(metrics.text(reading()))
        .contains(
            "nanoswarm_attempts_begun_total{role=\"reader\"} 2.0",
            "nanoswarm_attempts_ended_total{how=\"cut-off\",role=\"reader\"} 1.0",
            "nanoswarm_attempts_ended_total{how=\"completed\",role=\"reader\"} 1.0",
            "nanoswarm_task_seconds_bucket{outcome=\"completed\",role=\"reader\",le=\"1.0\"} 0",
            "nanoswarm_task_seconds_bucket{outcome=\"completed\",role=\"reader\",le=\"3.0\"} 1",
            "nanoswarm_task_seconds_sum{outcome=\"completed\",role=\"reader\"} 2.0")
        .doesNotContain("nanoswarm_task_seconds_count{outcome=\"cut-off\"");
  }

  @Test
  void what_sessions_publish_on_their_node_is_counted() {
    kit.spawn(metrics.counting());

    Awaitility.await()
        .untilAsserted(() -> {
          kit.system()
              .eventStream()
              .tell(
                  new EventStream.Publish<>(new AttemptStep(READER, AttemptStep.What.BEGUN, null)));
          assertThat(metrics.text(reading()))
              .contains("nanoswarm_attempts_begun_total{role=\"reader\"}");
        });
  }

  @Test
  void roles_are_bounded_however_many_swarms_name_theirs() {
    for (int i = 0; i < 2 * AttemptMetrics.MOST_ROLES; i++) {
      count(new AgentRole("role-" + i), AttemptStep.What.BEGUN, null);
    }
    count(new AgentRole("role-0"), AttemptStep.What.BEGUN, null);

    String text = metrics.text(reading());

    assertThat(text.lines().filter(line -> line.startsWith("nanoswarm_attempts_begun_total{")))
        .hasSize(AttemptMetrics.MOST_ROLES + 1)
        .contains(
            "nanoswarm_attempts_begun_total{role=\"role-0\"} 2.0",
            "nanoswarm_attempts_begun_total{role=\"other\"} 100.0");
  }

  @Test
  void tasks_are_counted_by_role_and_by_what_they_wait_for() {
    String text = metrics.text(reading());

    assertThat(text)
        .contains(
            "nanoswarm_tasks{role=\"reader\",state=\"ready\"} 1.0",
            "nanoswarm_tasks{role=\"reader\",state=\"running\"} 1.0",
            "nanoswarm_tasks{role=\"reader\",state=\"asking\"} 1.0",
            "nanoswarm_tasks{role=\"reader\",state=\"waiting\"} 1.0");
  }

  @Test
  void a_ready_task_is_as_old_as_it_was_seen_ready_without_a_break() {
    assertThat(oldest(NOW, false)).isEqualTo("0.0");
    assertThat(oldest(NOW.plusSeconds(30), false)).isEqualTo("30.0");

    assertThat(metrics.text(reading(NOW.plusSeconds(40), true)))
        .doesNotContain("nanoswarm_oldest_ready_task_seconds{");
    assertThat(oldest(NOW.plusSeconds(50), false)).isEqualTo("0.0");
  }

  private String oldest(Instant at, boolean taken) {
    return metrics
        .text(reading(at, taken))
        .lines()
        .filter(line -> line.startsWith("nanoswarm_oldest_ready_task_seconds{role=\"reader\"}"))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sessions_agents_and_members_are_counted_by_their_states() {
    assertThat(metrics.text(reading()))
        .contains(
            "nanoswarm_sessions{state=\"unfinished\"} 1.0",
            "nanoswarm_sessions{state=\"completed\"} 1.0",
            "nanoswarm_sessions{state=\"failed\"} 0.0",
            "nanoswarm_agents{role=\"reader\",state=\"idle\"} 1.0",
            "nanoswarm_agent_restarts{role=\"reader\"} 3.0",
            "nanoswarm_members{reachable=\"true\",role=\"control\",status=\"up\"} 1.0",
            "nanoswarm_members{reachable=\"false\",role=\"worker\",status=\"up\"} 1.0",
            "nanoswarm_journal_failures_total{act=\"write\"} 2.0",
            "nanoswarm_journal_failures_total{act=\"read\"} 1.0",
            "nanoswarm_journal_query_seconds 0.003",
            "nanoswarm_build_info{version=\"1.2.3\"} 1");
  }

  @Test
  void what_did_not_answer_is_left_out_and_said() {
    var silent =
        new Reading(NOW, false, new JournalReading(null, 0, 0), List.of(), null, null, null);

    assertThat(metrics.text(silent))
        .contains(
            "nanoswarm_ready 0.0",
            "nanoswarm_journal_up 0.0",
            "nanoswarm_scrape_complete{part=\"sessions\"} 0.0",
            "nanoswarm_scrape_complete{part=\"tasks\"} 0.0",
            "nanoswarm_scrape_complete{part=\"agents\"} 0.0",
            "jvm_threads_current ")
        .doesNotContain(
            "nanoswarm_sessions{", "nanoswarm_tasks", "nanoswarm_agents", "journal_query_seconds");
  }

  @Test
  void nothing_that_people_or_agents_wrote_is_told() {
    assertThat(metrics.text(reading())).doesNotContain("goal", "secret", "reader-1", "/home");
  }

  private void count(AgentRole role, AttemptStep.What what, Duration took) {
    attempts.count(new AttemptStep(role, what, took));
  }

  private static Reading reading() {
    return reading(NOW, false);
  }

  /**
   * @param taken whether somebody works on the task that is ready otherwise
   */
  private static Reading reading(Instant at, boolean taken) {
    return new Reading(
        at,
        true,
        JOURNAL,
        List.of(
            new MemberReading(List.of("control", "machine"), "up", true),
            new MemberReading(List.of("worker"), "up", false)),
        List.of(line("goal-1", null), line("goal-2", "completed")),
        List.of(session(taken)),
        new AgentsView(
            new AgentsView.NodeView(1, "pekko://nanoswarm@127.0.0.1:1", NOW, "/home/ada"),
            List.of(
                new AgentsView.AgentView(
                    "reader-1",
                    "reader",
                    "idle",
                    "process",
                    null,
                    7L,
                    "reader-1-w4",
                    3,
                    "secret",
                    null,
                    null,
                    90L)),
            null));
  }

  private static SessionLine line(String id, String ending) {
    return new SessionLine(
        new SessionId(id),
        "secret goal",
        "/home/ada",
        NOW,
        ending,
        ending == null ? null : NOW,
        null,
        null);
  }

  private static SessionSnapshot session(boolean taken) {
    var ready = task("ready");
    var running = task("running");
    var asking = task("asking");
    var done = task("done");
    SessionState state = new SessionState.Absent();
    for (SessionEvent event :
        List.of(
            new SessionEvent.SessionOpened(
                NOW,
                SESSION,
                new Goal("secret goal"),
                new Workspace("/home/ada", new ArtifactRef("0123456789abcdef".repeat(4), 1), 1, 1),
                null,
                null),
            new SessionEvent.PlanRecorded(
                NOW,
                new Plan(
                    List.of(
                        spec(ready),
                        spec(running),
                        spec(asking),
                        spec(done),
                        spec(task("last")).withAfter(List.of(ready))),
                    task("last"))),
            new SessionEvent.EpochStarted(NOW, 1),
            new SessionEvent.TaskSettled(
                NOW,
                done,
                new Fence(1, 1),
                new AgentName("reader-1"),
                NOW,
                new Outcome.Completed("secret")),
            new SessionEvent.TaskSuspended(
                NOW,
                asking,
                new Fence(1, 2),
                new AgentName("reader-1"),
                "half way",
                new Wait.ForPerson("secret?"),
                List.of()))) {
      state = state.apply(event);
    }
    return new SessionSnapshot(
        SESSION,
        state,
        taken
            ? Map.of(ready, attempt(ready), running, attempt(running))
            : Map.of(running, attempt(running)));
  }

  private static SessionSnapshot.Running attempt(TaskId task) {
    return new SessionSnapshot.Running(
        task,
        new Fence(1, 3),
        new AgentName("reader-1"),
        new WorkerId("reader-1-w1"),
        1,
        NOW,
        NOW.plusSeconds(60));
  }

  private static TaskId task(String name) {
    return TaskId.of(SESSION, name);
  }

  private static TaskSpec spec(TaskId id) {
    return TaskSpec.of(id, READER, "Do it").withInstructions("secret");
  }
}
