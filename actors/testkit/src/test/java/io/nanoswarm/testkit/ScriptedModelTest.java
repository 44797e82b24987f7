package io.nanoswarm.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nanoswarm.model.ModelFailure;
import io.nanoswarm.model.ModelReply;
import io.nanoswarm.model.ModelRequest;
import io.nanoswarm.skill.SkillName;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedModelTest {
  private static final ModelRequest QUESTION = ModelRequest.of("Be brief.", "Who are you?");

  private final ScriptedModel model = new ScriptedModel();

  @Test
  void it_says_what_the_test_wrote_turn_by_turn() {
    var arguments = JsonNodeFactory.instance.objectNode().put("path", "a.md");
    model.callsFor("read", arguments).says("A file.");

    assertThat(reply().calls())
        .containsExactly(new ModelReply.Call("call-1", new SkillName("read"), arguments));
    assertThat(reply()).isEqualTo(ModelReply.of("A file."));
    assertThat(model.requests()).containsExactly(QUESTION, QUESTION);
  }

  @Test
  void a_request_beyond_the_script_is_refused() {
    assertThatThrownBy(this::reply)
        .hasCauseInstanceOf(ModelFailure.class)
        .hasMessageContaining("request 1 is not in the script");
  }

  @Test
  void it_fails_and_is_slow_when_the_test_says_so() {
    var slow = model.fails(ModelFailure.Kind.RATE_LIMITED, "later").waits();

    assertThatThrownBy(this::reply)
        .cause()
        .isInstanceOfSatisfying(
            ModelFailure.class, failure -> assertThat(failure.retryable()).isTrue());
    var asked = model.ask(QUESTION).toCompletableFuture();
    assertThat(asked).isNotDone();
    slow.complete(ModelReply.of("at last"));
    assertThat(asked).isCompletedWithValue(ModelReply.of("at last"));
  }

  @Test
  void a_request_ends_with_something_to_reply_to() {
    var own = List.<ModelRequest.Said>of(new ModelRequest.ByModel(ModelReply.of("I am done.")));

    assertThatThrownBy(() -> new ModelRequest("", own, List.of(), ModelRequest.Limits.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: one to reply to");
  }

  private ModelReply reply() {
    return model.ask(QUESTION).toCompletableFuture().join();
  }
}
