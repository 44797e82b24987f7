package io.nanoswarm.offline.question;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is this?|OVERVIEW",
        "What does this project do?|OVERVIEW",
        "Give me an overview of the scheduler|OVERVIEW",
        "What is the difference between a lease and a lock?|COMPARISON",
        "Redis versus Postgres for the queue|COMPARISON",
        "What happens when a worker dies?|EVENT",
        "How many classes are there?|FIGURES",
        "How big is this?|FIGURES",
        "How often was the parser changed?|FIGURES",
        "How long does a lease last?|AMOUNT",
        "How many attempts does a task have?|AMOUNT",
        "How big can an artifact be?|AMOUNT",
        "Who wrote the parser?|FIGURES",
        "What depends on the journal?|STRUCTURE",
        "Which modules use the queue?|STRUCTURE",
        "Which setting limits the heap?|SETTING",
        "How do I change the port?|SETTING",
        "Why is the lock held?|REASON",
        "Where are events stored?|PLACE",
        "Which class parses dates?|PLACE",
        "How does HashMap resolve collisions?|WAY",
        "retry|ANY"
      })
  void the_kind_of_answer_follows_from_how_it_is_asked(String goal, QuestionKind kind) {
    assertThat(Question.of(goal).kind()).isEqualTo(kind);
  }

  @Test
  void words_that_ask_for_an_amount_are_not_looked_for() {
    assertThat(Question.of("How long does a lease last?").words()).containsExactly("lease");
    assertThat(Question.of("Where is the last lease?").words()).containsExactly("last", "lease");
  }

  @Test
  void a_sentence_with_a_number_sounds_like_an_amount() {
    assertThat(QuestionKind.AMOUNT.soundIn("It is renewed every 5 s.")).isTrue();
    assertThat(QuestionKind.AMOUNT.soundIn("A task has three attempts.")).isTrue();
    assertThat(QuestionKind.AMOUNT.soundIn("Why H2 is used by everyone")).isFalse();
  }

  @Test
  void neighbours_may_be_one_word_in_the_files() {
    var question = Question.of("When does a connection time out?");

    assertThat(question.aspects())
        .filteredOn(aspect -> aspect.closeness("timeout") > 0)
        .extracting(Aspect::word)
        .contains("time");
  }

  @Test
  void a_question_for_the_whole_is_told_from_one_for_something_in_it() {
    assertThat(Question.of("Give me an overview of this project").isAboutTheWhole()).isTrue();
    assertThat(Question.of("What is this?").isAboutTheWhole()).isTrue();
    assertThat(Question.of("Give me an overview of the scheduler").isAboutTheWhole()).isFalse();
  }

  @Test
  void the_same_goal_is_the_same_question() {
    assertThat(Question.of("Where are events stored?"))
        .isEqualTo(Question.of("Where are events stored?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Where is the password stored?",
        "Which option limits how long the HTTP component waits for a connection?",
        "How does exponential back-off with a random factor work in SupervisorStrategy?"
      })
  void questions_in_english_are_told_by_the_words_that_shape_them(String text) {
    assertThat(Question.of(text).isEnglish()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Wo wird das Passwort gespeichert?",
        "Où le mot de passe est-il stocké ?",
        "パスワードはどこに保存されますか？",
        "Was ist ein Lease?",
        "Was verteilt die Warteschlange?",
        "Wat is een lease?",
        "No se puede iniciar",
        "retry backoff jitter",
        "retry - backoff - jitter",
        "?"
      })
  void other_languages_and_lists_of_words_are_told_from_english(String text) {
    assertThat(Question.of(text).isEnglish()).isFalse();
  }
}
