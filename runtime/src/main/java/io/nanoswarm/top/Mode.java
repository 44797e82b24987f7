package io.nanoswarm.top;

import io.nanoswarm.api.SessionView.QuestionView;
import java.util.List;

/** What keys mean now. */
sealed interface Mode {

  /** They move, and begin what is to be done. */
  record Browsing() implements Mode {}

  /** Any of them goes back. */
  record Helping() implements Mode {}

  /**
   * {@code y} has it done, any other goes back.
   *
   * @param question what a person is asked first
   */
  record Confirming(Act act, String question) implements Mode {}

  /**
   * They are the answer to a question.
   *
   * @param questions all that the session asks
   * @param chosen which of them is answered, from 0
   * @param typed so far
   */
  record Answering(String session, List<QuestionView> questions, int chosen, String typed)
      implements Mode {
    public Answering {
      questions = List.copyOf(questions);
    }

    QuestionView question() {
      return questions.get(chosen);
    }

    Answering with(String text) {
      return new Answering(session, questions, chosen, text);
    }

    /** The text goes with it: it was meant for the other question. */
    Answering next() {
      return new Answering(session, questions, (chosen + 1) % questions.size(), "");
    }
  }
}
