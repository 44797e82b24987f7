package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.AnswerDepth;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.offline.answer.Answer;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoardsTest {
  private static final SessionId SESSION = new SessionId("session");
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final ActorTestKit kit = ActorTestKit.create();
  private final List<Entry> entries = new ArrayList<>();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void of_a_short_and_a_longer_form_one_is_the_answer_beside_what_others_wrote() {
    posted("final/answer", "answer", "short", Map.of());
    posted("final/full", "answer", "long", Map.of(Answer.LONGER_FORM, "of the answer"));
    posted("final/letter", "letter", "letter", Map.of());

    assertThat(answer(1, AnswerDepth.BRIEF)).isEqualTo("short\n\nletter");
    assertThat(answer(1, AnswerDepth.FULL)).isEqualTo("long\n\nletter");
  }

  @Test
  void each_question_has_its_own_forms() {
    posted("final/answer", "answer", "short", Map.of());
    posted("final/full", "answer", "long", Map.of(Answer.LONGER_FORM, "of the answer"));
    posted("final/answer-2", "q2.answer", "second", Map.of());

    assertThat(answer(2, AnswerDepth.BRIEF)).isEqualTo("second");
    assertThat(answer(2, AnswerDepth.FULL)).as("nobody wrote more").isEqualTo("second");
    assertThat(answer(3, AnswerDepth.FULL)).isEmpty();
  }

  private void posted(String path, String task, String text, Map<String, String> attributes) {
    var author =
        new Author.Agent(new AgentName("coordinator-1"), TaskId.of(SESSION, task), new Fence(1, 1));
    var draft = new Draft(new EntryPath(path + ".md"), text, List.of(), attributes);
    entries.add(new Entry(entries.size() + 1, draft, author, NOW, false));
  }

  private String answer(int question, AnswerDepth depth) {
    var asking =
        new Asking(kit.system(), Duration.ofSeconds(30), new JournalHealth("repair it", () -> NOW));
    return new Boards(asking, kit.spawn(board()))
        .answer(SESSION, question, depth)
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private Behavior<ShardingEnvelope<Blackboard.Command>> board() {
    return Behaviors.receiveMessage(envelope -> {
      if (envelope.message() instanceof Blackboard.Read read) {
        read.replyTo().tell(new Blackboard.Entries(entries, entries.size(), null));
      }
      return Behaviors.same();
    });
  }
}
