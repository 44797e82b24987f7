package io.nanoswarm.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.model.ModelClient;
import io.nanoswarm.model.ModelFailure;
import io.nanoswarm.model.ModelReply;
import io.nanoswarm.model.ModelRequest;
import io.nanoswarm.skill.SkillName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A model that says what a test wrote, turn by turn, and remembers what it was asked. A request
 * beyond the script is refused. Thread safe.
 */
public final class ScriptedModel implements ModelClient {
  private final Deque<CompletableFuture<ModelReply>> script = new ArrayDeque<>();
  private final List<ModelRequest> requests = new ArrayList<>();
  private int calls;

  /** The next reply is this text. */
  public ScriptedModel says(String text) {
    return then(CompletableFuture.completedFuture(ModelReply.of(text)));
  }

  /** The next reply asks for the call of a skill. */
  public synchronized ScriptedModel callsFor(String skill, JsonNode arguments) {
    calls++;
    var call = new ModelReply.Call("call-" + calls, new SkillName(skill), arguments);
    return then(
        CompletableFuture.completedFuture(
            new ModelReply("", List.of(call), ModelReply.Usage.NONE)));
  }

  /** The next request fails. */
  public ScriptedModel fails(ModelFailure.Kind kind, String reason) {
    return then(CompletableFuture.failedFuture(new ModelFailure(kind, reason)));
  }

  /** The next reply takes until the test completes what is returned. */
  public CompletableFuture<ModelReply> waits() {
    var reply = new CompletableFuture<ModelReply>();
    var _ = then(reply);
    return reply;
  }

  private synchronized ScriptedModel then(CompletableFuture<ModelReply> reply) {
    script.add(reply);
    return this;
  }

  /** What it was asked, in order. */
  public synchronized List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized CompletionStage<ModelReply> ask(ModelRequest request) {
    requests.add(request);
    CompletableFuture<ModelReply> reply = script.poll();
    return reply == null
        ? CompletableFuture.failedStage(
            new ModelFailure(
                ModelFailure.Kind.REFUSED,
                "request %d is not in the script".formatted(requests.size())))
        : reply.minimalCompletionStage();
  }
}
