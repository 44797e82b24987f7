package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Turns the first Ctrl-C or termination signal into an interrupt of the command's thread, which
 * then ends in order. The second ends the JVM at once.
 */
final class Interrupts implements AutoCloseable {
  private final Thread command;
  private final Runnable beforeHalt;
  private final Map<String, @Nullable Object> previous = new LinkedHashMap<>();
  private volatile @Nullable ExitCode received;

  private Interrupts(Thread command, Runnable beforeHalt) {
    this.command = command;
    this.beforeHalt = beforeHalt;
  }

  /**
   * @param beforeHalt what must be done even when there is no time for order
   */
  static Interrupts install(Thread command, Runnable beforeHalt) {
    var interrupts = new Interrupts(command, beforeHalt);
    interrupts.on("INT", ExitCode.INTERRUPTED);
    interrupts.on("TERM", ExitCode.TERMINATED);
    return interrupts;
  }

  /** Whether a signal came since. */
  boolean any() {
    return received != null;
  }

  /** What the command ends with; an interrupt from elsewhere counts as Ctrl-C. */
  ExitCode exitCode() {
    var code = received;
    return code == null ? ExitCode.INTERRUPTED : code;
  }

  @Override
  public void close() {
    previous.forEach(Signals::unregister);
  }

  private void on(String signal, ExitCode code) {
    previous.put(signal, Signals.register(signal, () -> receive(code)));
  }

  private void receive(ExitCode code) {
    if (received != null) {
      beforeHalt.run();
      Runtime.getRuntime().halt(code.code());
    }
    received = code;
    command.interrupt();
  }
}
