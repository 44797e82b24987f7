package io.nanoswarm.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.OverviewView;
import io.nanoswarm.client.Story;
import io.nanoswarm.terminal.Key;
import io.nanoswarm.terminal.Look;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TopFrameTest {
  private static final Instant NOW = Story.START.plusSeconds(90);
  private static final TopModel SEEN = TopModel.EMPTY.heard("http://10.0.0.1:80", Story.overview());

  private static String render(TopModel model, int width, int height) {
    return text(new TopFrame(model, NOW, Look.PLAIN).render(width, height));
  }

  private static String text(List<AttributedString> lines) {
    return lines.stream()
        .map(AttributedString::toString)
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static TopModel typed(TopModel model, String keys) {
    for (char key : keys.toCharArray()) {
      model = TopKeys.press(model, Key.text(Character.toString(key)), 5).model();
    }
    return model;
  }

  @Test
  void a_wide_terminal_shows_all_of_the_agents() {
    assertThat(render(SEEN.on(Pane.AGENTS), 120, 12))
        .isEqualTo(
            """
             2 sessions open · 2 questions to you · 1 task running, 13 waiting · 1 over
             2 nodes · 4 cores · 2 of 3 agents up · 2 JVMs for them · at least 182 MB
              1 sessions 3 [2 agents 3] 3 queues 3  4 nodes 2
              AGENT         STATE       NODE             PID  MEMORY  DIED  DOES
            › researcher-1  working     10.0.0.1:25520  4712  182 MB        7f3a-session/find-schema
              researcher-2  restarting                                  2x  killed (signal 9)
              critic-1      idle        10.0.0.2:25520  4708



             role researcher, on 10.0.0.1:25520, pid 4712, works on 7f3a-session/find-schema
             x kill  ? help  q quit   http://10.0.0.1:80
            """);
  }

  @Test
  void sessions_fit_eighty_columns() {
    assertThat(render(SEEN, 80, 13))
        .isEqualTo(
            """
             2 sessions open · 2 questions to you · 1 task running, 13 waiting · 1 over
             2 nodes · 4 cores · 2 of 3 agents up · 2 JVMs for them · at least 182 MB
             [1 sessions 3] 2 agents 3  3 queues 3  4 nodes 2
              SESSION       STATE        TASKS     AGE  ASKS  QUESTION
            › 7f3a-session  asking     3/16 -1  1m 30s     2  Which modules talk to the dat…
              b2cd-session  paused              2h 01m        Why?
              k9xy-session  completed            1d 0h        What is this about?




             review asks: Which draft is it?
             a answer  c cancel  p pause  r resume  +- priority  ? help  q quit   http://10…
            """);
  }

  @Test
  void a_narrow_terminal_leaves_out_the_less_telling_columns() {
    assertThat(render(SEEN.on(Pane.AGENTS), 50, 12))
        .isEqualTo(
            """
             2 sessions open · 2 questions to you · 1 over
             2 nodes · 4 cores · 2 of 3 agents up
              1 sessions 3 [2 agents 3] 3 queues 3  4 nodes 2
              AGENT         STATE       DIED  DOES
            › researcher-1  working           7f3a-session/fi…
              researcher-2  restarting    2x  killed (signal …
              critic-1      idle



             role researcher, on 10.0.0.1:25520, pid 4712, wo…
             x kill  ? help  q quit   http://10.0.0.1:80
            """);
    assertThat(render(SEEN, 50, 12))
        .isEqualTo(
            """
             2 sessions open · 2 questions to you · 1 over
             2 nodes · 4 cores · 2 of 3 agents up
             [1 sessions 3] 2 agents 3  3 queues 3  4 nodes 2
              SESSION       STATE      ASKS  QUESTION
            › 7f3a-session  asking        2  Which modules ta…
              b2cd-session  paused           Why?
              k9xy-session  completed        What is this abo…



             review asks: Which draft is it?
             a answer  c cancel  p pause  ? help  q quit   ht…
            """);
  }

  @Test
  void a_session_that_is_paused_and_more_urgent_says_so() {
    assertThat(render(TopModel.EMPTY.heard("", TopKeysTest.withFirstSessionPaused()), 80, 13))
        .contains(
            """
              SESSION       STATE        TASKS     AGE  ASKS  PRIORITY  QUESTION
            › 7f3a-session  paused     3/16 -1  1m 30s     2    urgent  Which modules talk …
              b2cd-session  paused              2h 01m                  Why?
              k9xy-session  completed            1d 0h                  What is this about?
            """)
        .contains(" paused 1m 00s ago, r lets it go on  review asks: Which draft is it?");
  }

  @Test
  void queues_and_nodes_are_listed() {
    assertThat(render(SEEN.on(Pane.QUEUES), 80, 12))
        .isEqualTo(
            """
             2 sessions open · 2 questions to you · 1 task running, 13 waiting · 1 over
             2 nodes · 4 cores · 2 of 3 agents up · 2 JVMs for them · at least 182 MB
              1 sessions 3  2 agents 3 [3 queues 3] 4 nodes 2
              ROLE         WAITING  OLDEST  RUNNING  LATER  AGENTS UP
            › coordinator        1  1m 10s        0      0          0  no agent is up
              critic             0                0      1          1
              researcher        12  1m 30s        1      0          1



             waiting: an agent could begin it now; later: it waits for others, a person or …
             ? help  q quit   http://10.0.0.1:80
            """);
    assertThat(render(SEEN.on(Pane.NODES), 80, 12))
        .isEqualTo(
            """
             2 sessions open · 2 questions to you · 1 task running, 13 waiting · 1 over
             2 nodes · 4 cores · 2 of 3 agents up · 2 JVMs for them · at least 182 MB
              1 sessions 3  2 agents 3  3 queues 3 [4 nodes 2]
              NODE            STATE     ROLES            AGENTS  CORES  MEMORY
            › 10.0.0.1:25520  up        control machine       3      2  7.8 GB  supervises
              10.0.0.2:25520  draining  machine               1      2  7.8 GB




             offers linux, 2 cores, 7.8 GB
             d drain  ? help  q quit   http://10.0.0.1:80
            """);
  }

  @Test
  void a_node_that_is_lost_is_told_above_what_was_seen_last() {
    var lost =
        SEEN.notHeard(NOW.minusSeconds(12), "the node at http://10.0.0.1:80 does not answer");

    assertThat(render(lost, 100, 12).lines())
        .anyMatch(
            line -> line.startsWith(" ▲ no answer for 12s, trying again; this is what was seen"))
        .anyMatch(line -> line.contains("7f3a-session"));
    assertThat(render(lost.heard("http://10.0.0.2:80", Story.overview()), 100, 12))
        .doesNotContain("trying again");
  }

  @Test
  void before_the_first_answer_a_node_is_waited_for() {
    assertThat(render(TopModel.EMPTY.notHeard(NOW, "no node answers"), 80, 12))
        .contains("▲ no answer for 0.0s, trying again (no node answers)", "waiting for a node");
  }

  @Test
  void what_did_not_answer_in_time_is_named() {
    var all = Story.overview();
    var silent =
        new OverviewView(
            all.at(),
            List.of(),
            List.of(),
            all.queues(),
            all.sessions(),
            all.ended(),
            List.of("agents", "nodes"));

    assertThat(render(SEEN.heard("", silent), 80, 12))
        .contains("▲ no answer in time from: agents, nodes");
  }

  @Test
  void a_question_is_shown_with_what_is_typed_to_it() {
    assertThat(render(typed(SEEN, "athe second"), 60, 12).lines().skip(9))
        .containsExactly(
            " review asks (1 of 2, Tab for the next): Which draft is it?",
            " > the second_",
            " Enter sends  Esc goes back");
  }

  @Test
  void the_end_of_a_long_answer_stays_in_sight() {
    assertThat(render(typed(SEEN, "a" + "x".repeat(80) + "end"), 40, 12))
        .contains("x".repeat(32) + "end_\n");
  }

  @Test
  void what_destroys_is_asked_in_the_last_line() {
    assertThat(render(typed(SEEN, "c"), 80, 12))
        .endsWith(" y/n: cancel session 7f3a-session for good?\n");
  }

  @Test
  void the_chosen_row_is_always_among_those_that_are_shown() {
    var model = typed(SEEN, "jj");

    assertThat(render(model, 80, 7)).contains("› k9xy-session");
    assertThat(render(typed(model, "g"), 80, 7)).contains("› 7f3a-session");
  }

  @ParameterizedTest
  @EnumSource(Pane.class)
  void nothing_is_ever_wider_or_higher_than_the_terminal(Pane pane) {
    for (var model : List.of(SEEN.on(pane), typed(SEEN, "a"), typed(SEEN, "?"), TopModel.EMPTY)) {
      for (int width = 1; width < 130; width += 7) {
        for (int height = 1; height < 30; height++) {
          var lines = new TopFrame(model, NOW, new Look(true, true)).render(width, height);
          int most = width;
          assertThat(lines).hasSizeLessThanOrEqualTo(height);
          assertThat(lines).allMatch(line -> line.columnLength() <= most);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void the_chosen_row_is_marked_with_and_without_colours(boolean color) {
    var lines = new TopFrame(SEEN, NOW, new Look(color, false)).render(80, 12);

    assertThat(lines).filteredOn(line -> line.toString().startsWith("> 7f3a-session")).hasSize(1);
  }

  @Test
  void a_snapshot_has_every_pane_without_keys() {
    assertThat(text(Top.snapshot(Story.overview(), Look.PLAIN, 100)))
        .isEqualTo(
            """
             2 sessions open · 2 questions to you · 1 task running, 13 waiting · 1 over
             2 nodes · 4 cores · 2 of 3 agents up · 2 JVMs for them · at least 182 MB

            sessions
              SESSION       STATE        TASKS     AGE  ASKS  QUESTION
              7f3a-session  asking     3/16 -1  1m 30s     2  Which modules talk to the database, and how?
              b2cd-session  paused              2h 01m        Why?
              k9xy-session  completed            1d 0h        What is this about?

            agents
              AGENT         STATE       NODE             PID  MEMORY  DIED  DOES
              researcher-1  working     10.0.0.1:25520  4712  182 MB        7f3a-session/find-schema
              researcher-2  restarting                                  2x  killed (signal 9)
              critic-1      idle        10.0.0.2:25520  4708

            queues
              ROLE         WAITING  OLDEST  RUNNING  LATER  AGENTS UP
              coordinator        1  1m 10s        0      0          0  no agent is up
              critic             0                0      1          1
              researcher        12  1m 30s        1      0          1

            nodes
              NODE            STATE     ROLES            AGENTS  CORES  MEMORY
              10.0.0.1:25520  up        control machine       3      2  7.8 GB  supervises
              10.0.0.2:25520  draining  machine               1      2  7.8 GB
            """);
  }
}
