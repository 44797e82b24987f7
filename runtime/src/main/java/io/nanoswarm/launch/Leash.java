package io.nanoswarm.launch;

import io.nanoswarm.skills.exec.ChildProcess;
import io.nanoswarm.supervisor.ExitReport;
import java.io.IOException;
import java.io.InputStream;

/**
 * The pipe from the control node, in a worker JVM: when it is closed, by whatever end of the
 * control node, the JVM ends what its skills have started, and halts.
 */
final class Leash {
  private Leash() {}

  /** Watches the pipe from a daemon thread, which nothing in the JVM can keep from halting it. */
  static void hold(InputStream pipe) {
    Thread.ofPlatform().daemon().name("leash").start(() -> readToEnd(pipe));
  }

  private static void readToEnd(InputStream pipe) {
    try {
      while (pipe.read() >= 0) {
        // What comes after the launch document has no meaning yet.
      }
    } catch (IOException _) {
      // As good as its end.
    }
    endChildren();
    Runtime.getRuntime().halt(ExitReport.LOST_CONTROL_NODE);
  }

  /** What skills have started does not hear of it. Whatever comes of that, the JVM halts. */
  private static void endChildren() {
    try {
      var _ = ChildProcess.endAll();
    } catch (RuntimeException _) {
      // The next start of the node ends them.
    }
  }
}
