package io.nanoswarm.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sends signals to processes of this machine, through the system's {@code kill}. */
final class Signals {
  private Signals() {}

  /** What is done to a process. */
  enum Signal {
    KILL,
    STOP,
    CONT
  }

  /**
   * To all at once. One that has ended already is no error.
   *
   * @throws IOException if this machine has no {@code kill}
   */
  static void send(Signal signal, Collection<ProcessHandle> processes)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("kill", "-" + signal.name()));
    processes.forEach(process -> line.add(Long.toString(process.pid())));
    var kill =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var _ = kill.waitFor();
  }
}
