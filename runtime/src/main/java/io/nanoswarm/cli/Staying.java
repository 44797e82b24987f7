package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.StayingNode;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.Tone;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** A command that is a node for as long as it runs. */
final class Staying {
  private Staying() {}

  /**
   * Starts a node, says so, and stays until it is told to end, or has to.
   *
   * @param start hands what it waits for to what it is given
   */
  static int as(
      String kind,
      boolean leashed,
      Function<Consumer<String>, ? extends StayingNode> start,
      Console console,
      Surroundings around) {
    if (leashed) {
      var _ = Leash.hold(Thread.currentThread()::interrupt);
    }
    try (var interrupts = Interrupts.install(Thread.currentThread(), console::restore);
        var node = start.apply(text -> tell(console, text))) {
      warn(node, console.err(), around);
      tell(console, "%s %s is up; Ctrl-C ends it in order".formatted(kind, node.address()));
      try {
        throw UserError.environment(
            node.lost().toCompletableFuture().get(), "start it again, and it joins them anew");
      } catch (InterruptedException _) {
        tell(console, "ending in order");
        return interrupts.exitCode().code();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the node has failed", e);
      }
    } catch (Interrupted _) {
      return ExitCode.INTERRUPTED.code();
    }
  }

  private static void warn(StayingNode node, Console.Port err, Surroundings around) {
    if (node.isOpenToStrangers()) {
      err.print(
          err.look()
              .line()
              .glyph(Tone.WARN, Glyph.WARNING)
              .space(1)
              .text(
                  around.naming(
                      "no TLS: whoever reaches %s is part of the swarm; `swarm certs` makes"
                              .formatted(node.address())
                          + " certificates for a trial")));
    }
  }

  private static void tell(Console console, String text) {
    console.err().info(text);
  }
}
