package io.nanoswarm.cli;

import io.nanoswarm.api.Progress;
import io.nanoswarm.client.SessionListener;
import io.nanoswarm.terminal.View;
import java.time.Duration;

/**
 * Shows a session to a person, and that its node is silent.
 *
 * @param heard done at every event, before it is shown
 */
record Shown(View view, Runnable heard) implements SessionListener {
  @Override
  public void hear(Progress event) {
    heard.run();
    view.show(event);
  }

  @Override
  public void silent(Duration since) {
    view.say("the node has not answered for %d s; waiting".formatted(since.toSeconds()));
  }

  @Override
  public void answersAgain() {
    view.say("the node answers again");
  }
}
