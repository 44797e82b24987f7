package io.nanoswarm.offline.answer;

import static io.nanoswarm.offline.answer.Answer.Reach.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.embedding.Embeddings;
import io.nanoswarm.offline.embedding.ScriptedModel;
import io.nanoswarm.offline.embedding.SentenceNearness;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an answer says where a model tells how near a sentence is to the question. */
class AnswerByMeaningTest {
  private static final String GOAL = "Which ship sank at the quay?";
  private static final String NEAR = "The old vessel foundered beside the pier in a storm.";
  private static final String FAR = "The ship Anna pays dues for the quay by the month.";

  /** To it, the question and what is near have words of one group; what is far has none. */
  private final ScriptedModel model =
      new ScriptedModel(List.of(List.of("which", "welches", "vessel", "foundered", "pier")));

  @TempDir Path cache;

  @Test
  void a_near_sentence_leads_though_its_words_are_others() throws Exception {
    assertThat(answer(GOAL, 0.8, FAR, NEAR)).contains("- " + NEAR).doesNotContain("- " + FAR);
    assertThat(byWords(0.8, FAR, NEAR)).contains("- " + FAR).doesNotContain("- " + NEAR);
  }

  @Test
  void where_no_sentence_is_near_none_is_said() throws Exception {
    assertThat(answer(GOAL, 0.8, FAR))
        .contains("No sentence in the files says it outright", "quay.md:1")
        .doesNotContain("- " + FAR);
  }

  @Test
  void words_that_just_happen_to_stand_there_are_no_answer() throws Exception {
    assertThat(byWords(0.4, FAR)).doesNotContain("Not found");
    assertThat(answer(GOAL, 0.4, FAR))
        .contains("Not found in this folder", "no sentence there is near", "Nearest places");
  }

  @Test
  void what_is_not_found_but_near_is_shown_as_that() throws Exception {
    var model =
        new ScriptedModel(List.of(List.of("ship"), List.of("sank"), List.of("vessel", "boat")));
    String near = "A ship is a vessel that has a hull and a keel.";
    String far = "A ship is a vessel, and a boat is a vessel too, and no boat has a keel.";

    assertThat(text(inputs(GOAL, 0.1, meaning(model, GOAL, near), List.of(near), ALL)))
        .contains("Not found in this folder, unless in other words")
        .contains("nearest sentences, which may speak of something else", "- " + near);
    assertThat(text(inputs(GOAL, 0.1, meaning(model, GOAL, far), List.of(far), ALL)))
        .contains("**Not found in this folder.**")
        .doesNotContain("- " + far);
  }

  @Test
  void what_answers_one_clause_is_said_but_does_not_make_an_answer_to_the_whole() throws Exception {
    var model = new ScriptedModel(List.of(List.of("ship"), List.of("pilot")));
    String goal = "Which ship is a ship like this ship, and who is the pilot?";
    String ofOneClause = "The pilot, who is a pilot of the old school.";
    var meaning = meaning(model, goal, ofOneClause);

    assertThat(meaning.orElseThrow().toClauses(ofOneClause)).isGreaterThan(0.6);
    assertThat(meaning.orElseThrow().toWhole(ofOneClause)).isLessThan(0.4);
    assertThat(text(inputs(goal, 0.1, meaning, List.of(ofOneClause), ALL))).contains("Not found");
    assertThat(text(inputs(goal, 0.8, meaning, List.of(ofOneClause), ALL)))
        .contains("- " + ofOneClause);
  }

  @Test
  void where_a_word_stands_nowhere_a_place_has_to_speak_of_most_of_the_question() {
    assertThat(Answer.isFound(missing(0.6))).isFalse();
    assertThat(Answer.isFound(missing(0.7))).isTrue();
  }

  /** By words alone, with one that no place speaks of. */
  private static Answer.Inputs missing(double share) {
    return inputs(GOAL, share, Optional.empty(), List.of(FAR), List.of("sank"), ALL);
  }

  @Test
  void a_sentence_that_is_surely_near_is_an_answer_though_words_say_nothing() throws Exception {
    assertThat(byWords(0.1, NEAR)).contains("Not found in this folder");
    assertThat(answer(GOAL, 0.1, NEAR)).contains("- " + NEAR).doesNotContain("Not found");
  }

  @Test
  void words_decide_whether_it_is_found_if_the_question_is_in_another_language_than_the_model()
      throws Exception {
    assertThat(answer("Welches Schiff sank am Kai?", 0.1, NEAR))
        .contains("Not found")
        .doesNotContain("- " + NEAR);
    assertThat(answer("Welches Schiff sank am Kai?", 0.4, FAR)).doesNotContain("Not found");
  }

  @Test
  void comparisons_figures_structure_and_questions_about_the_whole_go_by_words() {
    assertThat(Question.of(GOAL).goesByMeaning()).isTrue();
    assertThat(Question.of("What differs between a quay and a pier?").goesByMeaning()).isFalse();
    assertThat(Question.of("Give me an overview").goesByMeaning()).isFalse();
    assertThat(Question.of("How big is this project?").goesByMeaning()).isFalse();
    assertThat(Question.of("What depends on the quay?").goesByMeaning()).isFalse();
  }

  @Test
  void words_that_nearly_all_stand_there_are_an_answer_whatever_else_could_not_be_searched()
      throws Exception {
    var inputs = inputs(GOAL, 0.8, meaning(GOAL, FAR), List.of(FAR), Answer.Reach.PART);

    assertThat(Answer.isFound(inputs)).isTrue();
  }

  private Optional<SentenceNearness> meaning(String goal, String... lines) throws Exception {
    return meaning(model, goal, lines);
  }

  private Optional<SentenceNearness> meaning(ScriptedModel model, String goal, String... lines)
      throws Exception {
    return new Embeddings.Loaded(Optional.of(Embeddings.of(model, cache)), Optional.empty())
        .sentences(goal, List.of(lines))
        .nearness();
  }

  private String answer(String goal, double share, String... lines) throws Exception {
    return text(inputs(goal, share, meaning(goal, lines), List.of(lines), ALL));
  }

  private static String byWords(double share, String... lines) {
    return text(inputs(GOAL, share, Optional.empty(), List.of(lines), ALL));
  }

  private static String text(Answer.Inputs inputs) {
    return Answer.draft(inputs, Answer.Depth.BRIEF).content();
  }

  /** One place of these lines, with words that speak of so much of what was asked. */
  private static Answer.Inputs inputs(
      String goal,
      double share,
      Optional<SentenceNearness> meaning,
      List<String> lines,
      Answer.Reach reach) {
    return inputs(goal, share, meaning, lines, List.of(), reach);
  }

  private static Answer.Inputs inputs(
      String goal,
      double share,
      Optional<SentenceNearness> meaning,
      List<String> lines,
      List<String> uncovered,
      Answer.Reach reach) {
    var coverage = Coverage.even(Question.of(goal));
    String quote = String.join("\n", lines);
    var place =
        new Finding(
            "Quay",
            new Evidence("quay.md", 1, lines.size(), quote),
            share,
            share,
            0,
            share,
            coverage.mainWords(),
            lines.getFirst(),
            1);
    return new Answer.Inputs(
        goal,
        coverage,
        List.of(place),
        List.of(Source.of("quay.md", lines)),
        uncovered,
        List.of(),
        List.of(),
        reach,
        new Manifest(
            List.of(new Manifest.File("quay.md", quote.length(), "0")),
            List.of(),
            List.of(),
            List.of()),
        Surroundings.NONE,
        meaning,
        meaning.isEmpty());
  }
}
