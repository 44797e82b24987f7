package io.nanoswarm.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.Progress;
import io.nanoswarm.client.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveFrameTest {
  private static final RunModel BUSY =
      RunModelTest.after(
          Story.opening(),
          Story.planned(),
          Story.up("researcher-1", "researcher", 4711, 0),
          Story.up("researcher-2", "researcher", 4713, 1),
          Story.up("researcher-3", "researcher", 4719, 0),
          Story.up("critic-1", "critic", 4722, 0),
          Story.began("find-schema", "researcher-1"),
          Story.doing("researcher-1", "reading db/migrations/V12__orders_and_invoices.sql"),
          Story.began("find-queries", "researcher-2"),
          Story.down("researcher-3", 4719),
          Story.ended("find-pools", "researcher-3", "completed", "one"),
          Story.posted("findings/pools.md", "researcher-3"));

  private static String render(RunModel model, Look look, int width, int height) {
    return new LiveFrame(model, "starting the swarm", Duration.ofSeconds(42), 0, look)
        .render(width, height).stream()
            .map(AttributedString::toString)
            .map(String::stripTrailing)
            .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void a_wide_terminal_shows_everything() {
    assertThat(render(BUSY, Look.PLAIN, 80, 24))
        .isEqualTo(
            """
             ⠋ Which modules talk to the database, and how?                            0:42
             ✔ planning   ● searching   ○ checking   ○ answering

             ⠋ researcher-1      4711  reading db/migrations/V12__orders_and_invoices.sql
             ⠋ researcher-2      4713  Find the queries  1 restart
             ↻ researcher-3         –  restarting: killed by signal 9 (SIGKILL)
             · critic-1          4722  idle
             ↻ coordinator-1        –  starting

             ━━━━━━━━┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄  1/5 tasks · 1 posted
            """);
  }

  @Test
  void a_narrow_terminal_shows_what_matters() {
    assertThat(render(BUSY, Look.PLAIN, 40, 24))
        .isEqualTo(
            """
             ⠋ searching                       0:42
             ⠋ researcher-1   reading db/migration…
             ⠋ researcher-2   Find the queries  1 …
             ↻ researcher-3   restarting: killed b…
             · critic-1       idle
             ↻ coordinator-1  starting
             ━━━━━┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄  1/5 tasks
            """);
  }

  @Test
  void a_swarm_of_ones_own_has_no_stages_and_what_drains_is_shown() {
    var model =
        RunModelTest.after(
            Story.opening(),
            Story.planned("count", "counter"),
            Story.up("counter-1", "counter", 4711, 0),
            Story.began("count", "counter-1"),
            Story.up("counter-1", "counter", 4799, 0));

    assertThat(render(model, Look.PLAIN, 80, 24))
        .startsWith(" ⠋ " + Story.GOAL)
        .doesNotContain("searching")
        .contains(" · counter-1         4799  idle")
        .contains(" ⠋ counter-1         4711  draining: Do it");
    assertThat(render(model, Look.PLAIN, 40, 24)).startsWith(" ⠋ Which modules talk");
  }

  @Test
  void a_terminal_without_unicode_gets_ascii_alone() {
    var picture = render(BUSY, new Look(false, false), 80, 24);

    assertThat(picture).matches("[\\x20-\\x7e\\n]+");
    assertThat(picture).contains("+ planning   * searching", "########----");
  }

  @Test
  void before_the_session_the_wait_is_named() {
    assertThat(render(RunModel.EMPTY, Look.PLAIN, 40, 24))
        .isEqualTo(" ⠋ starting the swarm              0:42\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 21, 33, 40, 59, 60, 61, 80, 120, 300})
  void no_line_is_wider_than_the_terminal(int width) {
    var lines =
        new LiveFrame(BUSY, "", Duration.ofHours(30), 3, new Look(true, true)).render(width, 24);

    assertThat(lines)
        .allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(width));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 8, 12, 24, 50})
  void many_agents_never_fill_more_than_the_terminal(int height) {
    var events = new ArrayList<Progress>();
    events.add(Story.opening());
    events.add(Story.planned());
    for (int i = 1; i <= 200; i++) {
      events.add(Story.up("worker-" + i, "researcher", 5000 + i, 0));
    }
    events.add(Story.began("find-schema", "worker-150"));
    var model = RunModelTest.after(events.toArray(Progress[]::new));

    var lines = new LiveFrame(model, "", Duration.ZERO, 0, Look.PLAIN).render(80, height);

    assertThat(lines).hasSizeLessThanOrEqualTo(height);
    if (height > 5) {
      assertThat(lines).anyMatch(line -> line.toString().contains("worker-150"));
      assertThat(lines).anyMatch(line -> line.toString().contains("1 of 205 working"));
    }
  }

  @Test
  void what_agents_say_cannot_move_the_cursor_or_break_the_line() {
    var model = BUSY.apply(Story.doing("researcher-1", "evil\u001b[2J\nnext\u202e line\u0007"));

    assertThat(render(model, Look.PLAIN, 80, 24))
        .contains("evil [2J next  line")
        .doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @Test
  void wide_characters_count_as_two_columns() {
    var model = BUSY.apply(Story.doing("researcher-1", "読む".repeat(40)));

    var lines = new LiveFrame(model, "", Duration.ZERO, 0, Look.PLAIN).render(60, 24);

    assertThat(lines).allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(60));
  }
}
