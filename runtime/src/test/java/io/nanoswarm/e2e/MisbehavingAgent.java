package io.nanoswarm.e2e;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Does to its JVM what its task says. */
public final class MisbehavingAgent implements Agent.Blocking {
  /** What a leak leaves behind; nobody takes it away. */
  private static final List<Object> KEPT = new ArrayList<>();

  private static volatile long turns;

  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm)
      throws IOException, InterruptedException {
    swarm.post("findings/" + task.id().name(), "begun");
    switch (task.parameter("how").orElseThrow()) {
      case "exit" -> System.exit(7);
      case "crash" -> {
        new ProcessBuilder("kill", "-SEGV", pid()).start().waitFor();
        new CountDownLatch(1).await(); // the signal comes when it comes
      }
      case "memory" -> {
        while (true) {
          KEPT.add(new byte[1 << 20]);
        }
      }
      case "stack" -> dig(0);
      case "loop" -> {
        while (true) {
          turns++;
        }
      }
      case "threads" -> leakThreads();
      case "files" -> leakFiles();
      case "flood" -> flood();
      case "nothing" -> {}
      default -> throw new IllegalArgumentException();
    }
    if (task.id().name().equals("answer")) {
      swarm.post("final/answer", "# What is left");
    }
    return AttemptEnd.completed("survived");
  }

  private static String pid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static long dig(long depth) {
    return dig(depth + 1) + 1;
  }

  /** No daemons: they would keep a JVM alive that is not halted. */
  private static void leakThreads() {
    for (int i = 0; i < 200; i++) {
      Thread.ofPlatform()
          .start(() -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  private static void leakFiles() throws IOException {
    Path file = Path.of(System.getProperty("java.home"), "release");
    for (int i = 0; i < 500; i++) {
      KEPT.add(Files.newInputStream(file));
    }
  }

  private static void flood() {
    String line = "x".repeat(1023);
    for (int i = 0; i < 20 * 1024; i++) {
      System.out.println(line);
    }
  }
}
