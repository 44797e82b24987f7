package io.nanoswarm.model;

import java.util.concurrent.CompletionStage;

/**
 * Asks a language model.
 *
 * <p>Implementations never block the caller, may be used from any thread, and answer every request
 * once and within its time limit. Not promised: that the same request is answered the same.
 */
public interface ModelClient {

  /**
   * Asks for one turn: what the model says to all that was said before. A model that cannot answer
   * fails the stage with {@link ModelFailure}, and with nothing else.
   */
  CompletionStage<ModelReply> ask(ModelRequest request);
}
