package io.nanoswarm.skills.exec;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A command that is run to its end, or to its limits. */
public final class CommandRun {
  private CommandRun() {}

  /** How a command ended. In no case anything is left of it. */
  public sealed interface End {

    /** By itself; of what it wrote, as much as was asked for. */
    record Exited(int code, Output output, Output errors) implements End {}

    /** Its time was up. */
    record TimedOut() implements End {}

    /**
     * It took more than it may.
     *
     * @param limit which, as in "it ran 65 processes (at most 64)"
     */
    record OverLimit(String limit) implements End {}
  }

  /**
   * Blocks until the command has ended. An interrupt ends it.
   *
   * @param outputBytes how much it may write before it is ended
   * @param keptBytes how much of each of its two streams is wanted
   * @throws IOException if it cannot be started
   */
  public static End run(ChildCommand command, Duration timeLimit, long outputBytes, int keptBytes)
      throws IOException, InterruptedException {
    var child = ChildProcess.start(command);
    Integer code;
    Output output;
    Output errors;
    try {
      child.input().close();
      output = Output.reading(child.output(), outputBytes, keptBytes);
      errors = Output.reading(child.errors(), outputBytes, keptBytes);
      output.onFlood(child::close);
      errors.onFlood(child::close);
      code = exitWithin(child, timeLimit);
    } finally {
      // Also what it left behind, which may hold its pipes open.
      child.close();
    }
    output.await();
    errors.await();
    if (output.flooded() || errors.flooded()) {
      return new End.OverLimit("it wrote more than %d KB".formatted(outputBytes >> 10));
    }
    var broken = child.brokenLimit();
    if (broken.isPresent()) {
      return new End.OverLimit(broken.get());
    }
    return code == null ? new End.TimedOut() : new End.Exited(code, output, errors);
  }

  private static @Nullable Integer exitWithin(ChildProcess child, Duration timeLimit)
      throws InterruptedException {
    try {
      return child.onExit().get(Math.max(1, timeLimit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
