package io.nanoswarm.skills.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A small process that outlives this JVM by a moment, however that ends, and kills what carries the
 * mark of a child: it waits for the end of a pipe that only this JVM holds.
 *
 * <p>Lifecycle: fastened when its child has been started, loosened when the child and all it
 * started are gone.
 */
final class Leash {

  /** A word on the pipe means that there is nothing left to kill. */
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      read -r word && exit 0
      found() {
        if [ -d /proc/self ]; then
          grep -lsaF -e "$1" /proc/[0-9]*/environ | cut -d / -f 3
        else
          ps -axEww -o pid=,command= | grep -F -e "$1" | grep -v -F 'grep -F' | awk '{ print $1 }'
        fi
      }
      for round in 1 2 3 4 5 6 7 8 9; do
        pids=$(found "$0")
        [ -n "$pids" ] || exit 0
        kill -KILL $pids
      done
      """;

  private final Process process;

  private Leash(Process process) {
    this.process = process;
  }

  /**
   * @param mark as it stands in an environment
   */
  static Leash fasten(String mark) throws IOException {
    return new Leash(
        new ProcessBuilder(List.of("/bin/sh", "-c", SCRIPT, mark))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Idempotent. */
  void loosen() {
    try (var pipe = process.getOutputStream()) {
      pipe.write("gone\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It has ended already.
    }
  }
}
