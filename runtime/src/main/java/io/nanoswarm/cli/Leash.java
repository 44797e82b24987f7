package io.nanoswarm.cli;

import java.io.IOException;

/** Standard input, where a program holds the other end: a node that it has started ends with it. */
final class Leash {
  private Leash() {}

  /** The thread that waits for the end of standard input, and then does so. */
  static Thread hold(Runnable atEnd) {
    return Thread.ofPlatform()
        .daemon()
        .name("leash")
        .start(() -> {
          awaitEndOfInput();
          atEnd.run();
        });
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // What comes has no meaning.
      }
    } catch (IOException _) {
      // As good as its end.
    }
  }
}
