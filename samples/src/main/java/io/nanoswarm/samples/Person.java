package io.nanoswarm.samples;

import io.nanoswarm.api.SessionView.QuestionView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Answers what the tasks of a session ask, one line to each question. When there are no more lines,
 * says how to answer from elsewhere.
 *
 * <p>Lifecycle: reads from its first question until the JVM ends; a line that nobody types holds
 * nothing up.
 */
final class Person {
  private final EndpointClient client;
  private final String session;
  private final Path data;
  private final BufferedReader lines;
  private final Set<QuestionView> heard = new HashSet<>();
  private final BlockingQueue<QuestionView> questions = new LinkedBlockingQueue<>();

  /**
   * @param data the folder of the node that the session runs on
   */
  Person(EndpointClient client, String session, Path data, BufferedReader lines) {
    this.client = client;
    this.session = session;
    this.data = data;
    this.lines = lines;
  }

  /** Tells the person what is asked now; what was told before is passed over. Of one thread. */
  void hear(Collection<QuestionView> asked) {
    boolean first = heard.isEmpty();
    for (var question : asked) {
      if (heard.add(question)) {
        questions.add(question);
      }
    }
    if (first && !heard.isEmpty()) {
      Thread.ofVirtual().name("person").start(this::answerAll);
    }
  }

  private void answerAll() {
    try {
      while (true) {
        answer(questions.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("standard input cannot be read: " + e.getMessage());
    }
  }

  private void answer(QuestionView question) throws IOException {
    System.err.printf("%s asks: %s%n", question.role(), question.question());
    String line = lines.readLine();
    if (line == null) {
      System.err.printf(
          "nobody is here to answer; do it from another terminal:%n"
              + "./swarm answer %s %s \"yes\" --data %s%n",
          session, question.task(), data);
      return;
    }
    try {
      client.answer(session, question, line);
    } catch (UserError e) {
      System.err.println("the answer was not taken: " + e.getMessage());
    }
  }
}
