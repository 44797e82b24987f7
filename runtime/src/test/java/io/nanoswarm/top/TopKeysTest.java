package io.nanoswarm.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.OverviewView;
import io.nanoswarm.api.SessionPriority;
import io.nanoswarm.client.Story;
import io.nanoswarm.terminal.Key;
import io.nanoswarm.terminal.Key.Kind;
import io.nanoswarm.top.TopKeys.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopKeysTest {
  private static final TopModel SEEN = TopModel.EMPTY.heard("http://10.0.0.1:80", Story.overview());

  /** Of the last key; all before it do nothing but to the model. */
  private static Step press(TopModel model, Key... keys) {
    var step = Step.to(model);
    for (var key : keys) {
      assertThat(step.act()).isNull();
      step = TopKeys.press(step.model(), key, 5);
    }
    return step;
  }

  private static Step type(TopModel model, String text) {
    return press(
        model, text.codePoints().mapToObj(Character::toString).map(Key::text).toArray(Key[]::new));
  }

  @ParameterizedTest
  @CsvSource({"1,c", "2,x", "4,d"})
  void what_destroys_is_asked_first_and_done_at_no_other_key_than_yes(String pane, String key) {
    var asked = type(SEEN, pane + key);

    assertThat(asked.act()).isNull();
    assertThat(asked.model().mode()).isInstanceOf(Mode.Confirming.class);
    assertThat(type(asked.model(), "y").act()).isNotNull();
    for (var other : List.of(Key.text("n"), Key.of(Kind.ENTER), Key.of(Kind.ESCAPE))) {
      var back = press(asked.model(), other);
      assertThat(back.act()).isNull();
      assertThat(back.model().mode()).isInstanceOf(Mode.Browsing.class);
    }
  }

  @Test
  void the_act_is_on_the_row_that_was_chosen_when_it_was_asked() {
    var asked = type(SEEN, "jc");
    assertThat(type(asked.model(), "y").act()).isEqualTo(new Act.Cancel("b2cd-session"));

    var changed = asked.model().heard("", withoutFirstSession());
    assertThat(type(changed, "y").act()).isEqualTo(new Act.Cancel("b2cd-session"));

    assertThat(type(SEEN, "2xy").act()).isEqualTo(new Act.Kill("researcher-1"));
    assertThat(type(SEEN, "4jdy").act()).isEqualTo(new Act.Drain("10.0.0.2:25520"));
  }

  @Test
  void a_row_stays_chosen_when_others_go_and_the_next_one_is_when_it_goes_itself() {
    var second = type(SEEN, "j").model();
    assertThat(second.heard("", withoutFirstSession()).index()).isZero();

    var first = type(SEEN, "jk").model();
    assertThat(first.heard("", withoutFirstSession()).session().orElseThrow().id())
        .isEqualTo("b2cd-session");
  }

  private static OverviewView withoutFirstSession() {
    var all = Story.overview();
    return new OverviewView(
        all.at(),
        all.nodes(),
        all.agents(),
        all.queues(),
        new ArrayList<>(all.sessions()).subList(1, 3),
        1,
        List.of());
  }

  @Test
  void a_session_that_is_over_is_not_cancelled_and_one_that_runs_not_resumed() {
    var cancelled = type(SEEN, "Gc");
    assertThat(cancelled.model().mode()).isInstanceOf(Mode.Browsing.class);
    assertThat(cancelled.model().note())
        .isEqualTo(new TopModel.Note(false, "session k9xy-session is over"));
    assertThat(type(SEEN, "r").act()).isNull();
    assertThat(type(SEEN, "jr").act()).isEqualTo(new Act.Resume("b2cd-session"));
  }

  @Test
  void a_session_is_paused_and_goes_on_by_the_keys_for_it() {
    assertThat(type(SEEN, "p").act()).isEqualTo(new Act.Pause(Story.ID));
    assertThat(type(SEEN, "Gp").model().note())
        .isEqualTo(new TopModel.Note(false, "session k9xy-session is over"));

    var paused = SEEN.heard("", withFirstSessionPaused());
    assertThat(type(paused, "p").model().note())
        .isEqualTo(
            new TopModel.Note(false, "session 7f3a-session is paused already; r lets it go on"));
    assertThat(type(paused, "r").act()).isEqualTo(new Act.Unpause(Story.ID));
  }

  @Test
  void a_session_is_made_more_or_less_urgent_step_by_step() {
    assertThat(type(SEEN, "+").act()).isEqualTo(new Act.Prioritise(Story.ID, SessionPriority.HIGH));
    assertThat(type(SEEN, "-").act()).isEqualTo(new Act.Prioritise(Story.ID, SessionPriority.LOW));

    var urgent = SEEN.heard("", withFirstSessionPaused());
    assertThat(type(urgent, "+").model().note())
        .isEqualTo(new TopModel.Note(false, "session 7f3a-session has priority urgent"));
    assertThat(type(SEEN, "j+").model().note().text()).contains("nobody works on session b2cd");
    assertThat(type(SEEN, "G-").act()).isNull();
  }

  /** And urgent. */
  static OverviewView withFirstSessionPaused() {
    var all = Story.overview();
    var rows = new ArrayList<>(all.sessions());
    var first = rows.getFirst();
    rows.set(
        0,
        new OverviewView.SessionRow(
            first.id(),
            "paused",
            first.goal(),
            first.openedAt(),
            null,
            first.tasks(),
            first.questions(),
            all.at().minusSeconds(60),
            "urgent"));
    return new OverviewView(all.at(), all.nodes(), all.agents(), all.queues(), rows, 1, List.of());
  }

  @Test
  void an_agent_that_is_being_restarted_is_not_killed() {
    assertThat(type(SEEN, "2jx").model().note())
        .isEqualTo(new TopModel.Note(false, "researcher-2 is being restarted already"));
  }

  @Test
  void an_answer_is_typed_corrected_and_sent_to_the_question_that_was_seen() {
    var typing = type(SEEN, "aq?1x").model();
    var corrected =
        press(typing, Key.of(Kind.BACKSPACE), Key.of(Kind.BACKSPACE), Key.text("é")).model();
    var questions = Story.overview().sessions().getFirst().questions();

    assertThat(press(corrected, Key.of(Kind.ENTER)).act())
        .isEqualTo(new Act.Answer(Story.ID, questions.getFirst(), "q?é"));
    assertThat(press(corrected, Key.of(Kind.ESCAPE)).model().mode())
        .isInstanceOf(Mode.Browsing.class);
    var second = press(corrected, Key.of(Kind.TAB), Key.text("A"), Key.text("d")).model();
    assertThat(press(second, Key.of(Kind.ENTER)).act())
        .isEqualTo(new Act.Answer(Story.ID, questions.getLast(), "Ad"));
  }

  @Test
  void an_empty_answer_is_not_sent_and_a_session_that_asks_nothing_is_not_answered() {
    assertThat(press(type(SEEN, "a ").model(), Key.of(Kind.ENTER)).act()).isNull();
    assertThat(type(SEEN, "ja").model().mode()).isInstanceOf(Mode.Browsing.class);
  }

  @Test
  void an_answer_that_was_not_taken_can_be_sent_again() {
    var questions = Story.overview().sessions().getFirst().questions();
    var refused =
        SEEN.notDone(new Act.Answer(Story.ID, questions.getFirst(), "the second"), "too late");

    assertThat(press(refused, Key.of(Kind.ENTER)).act())
        .isEqualTo(new Act.Answer(Story.ID, questions.getFirst(), "the second"));
  }

  @Test
  void quitting_is_a_letter_when_an_answer_is_typed_and_ctrl_c_always_quits() {
    assertThat(type(SEEN, "q").quit()).isTrue();
    assertThat(type(SEEN, "aq").quit()).isFalse();
    assertThat(press(type(SEEN, "a").model(), Key.of(Kind.INTERRUPT)).quit()).isTrue();
    assertThat(press(type(SEEN, "c").model(), Key.of(Kind.CLOSED)).quit()).isTrue();
  }

  @Test
  void keys_do_no_harm_where_there_is_nothing() {
    for (var text : List.of("c", "a", "r", "2x", "4d", "j", "k", "G", "g", "3")) {
      var step = type(TopModel.EMPTY, text);
      assertThat(step.act()).isNull();
      assertThat(step.quit()).isFalse();
    }
  }
}
