package io.nanoswarm.offline.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How do I receive events from Azure Event Hubs?|Azure Event Hubs",
        "Is Spring Boot supported, and how is it set up?|Spring Boot",
        "How is (Amazon) Kinesis Firehose read by it?|Kinesis Firehose",
      })
  void words_with_capitals_side_by_side_are_a_name(String question, String name) {
    assertThat(Question.of(question).names()).extracting(Name::text).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Can Kafka be read from, or Redis?",
        "Where is Kafka, Redis or Neo4j read?",
        "What does LockManager LeaseTable do?",
        "How to Limit the Message Retries",
        "Wo steht die Anna Berta im Hafen?",
      })
  void single_names_identifiers_titles_and_other_languages_have_none(String question) {
    assertThat(Question.of(question).names()).isEmpty();
  }

  @Test
  void the_end_of_a_question_ends_a_name() {
    assertThat(Question.of("How is it set up for Azure\nKafka is read by whom?").names()).isEmpty();
  }

  @Test
  void two_neighbours_of_a_name_suffice_however_they_are_joined() {
    var name = new Name(List.of("Azure", "Event", "Hubs"));

    assertThat(name.standsIn("the event-hubs component")).isTrue();
    assertThat(name.standsIn("class EventHubsEndpoint")).isTrue();
    assertThat(name.standsIn("Azure blobs; an event; two hubs")).isFalse();
  }
}
