package io.nanoswarm.terminal;

import io.nanoswarm.api.Progress;

/** Shows a session while it runs. Closing it leaves the terminal as it was found. */
public interface View extends AutoCloseable {

  /** Before there is a session: what is waited for. */
  void waiting(String what);

  void show(Progress event);

  /** Tells something about this terminal rather than the session. */
  void say(String text);

  @Override
  void close();

  /** Shows nothing. */
  View NONE =
      new View() {
        @Override
        public void waiting(String what) {}

        @Override
        public void show(Progress event) {}

        @Override
        public void say(String text) {}

        @Override
        public void close() {}
      };
}
