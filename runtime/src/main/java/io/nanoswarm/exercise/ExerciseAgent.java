package io.nanoswarm.exercise;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Does what its task's parameters say, and writes down what it was told is stored.
 *
 * <p>Guarantee: what it posts depends on its task alone, so that the answer of a session is the
 * same however often its tasks were begun.
 *
 * <table>
 * <caption>Parameters</caption>
 * <tr><td>{@code exercise}</td><td>{@code step}, {@code split}, {@code doze}, {@code ask} or {@code
 * gather}</td></tr>
 * <tr><td>{@code millis}</td><td>how long a step takes, or a doze</td></tr>
 * <tr><td>{@code acknowledged}</td><td>a folder for what was acknowledged; see {@link
 * Acknowledgements}</td></tr>
 * </table>
 */
public final class ExerciseAgent implements Agent.Blocking {
  private static final int CHILDREN = 2;

  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm)
      throws IOException, InterruptedException {
    var notes = new Acknowledgements(Path.of(parameter(task, "acknowledged")), swarm.self());
    return switch (parameter(task, "exercise")) {
      case "step" -> step(task, swarm, notes);
      case "split" -> task.woken() ? done(task, swarm, notes) : split(task);
      case "doze" -> task.woken() ? done(task, swarm, notes) : doze(task);
      case "ask" -> task.woken() ? done(task, swarm, notes) : ask();
      case "gather" -> gather(task, swarm, notes);
      default -> AttemptEnd.impossible("there is no exercise " + parameter(task, "exercise"));
    };
  }

  private static String parameter(Task task, String name) {
    return task.parameter(name)
        .orElseThrow(() -> new IllegalArgumentException("no parameter '%s'".formatted(name)));
  }

  private static long millis(Task task) {
    return Long.parseLong(parameter(task, "millis"));
  }

  private static AttemptEnd step(Task task, BlockingSwarm swarm, Acknowledgements notes)
      throws IOException, InterruptedException {
    swarm.progress("first half");
    pass(millis(task) / 2);
    notes.posted(
        task.id(),
        swarm.post(task.resultPath().value().replace(".md", "-half"), "half " + name(task)));
    swarm.progress("second half");
    pass(millis(task) / 2);
    return done(task, swarm, notes);
  }

  private static String name(Task task) {
    return task.id().name();
  }

  private static AttemptEnd split(Task task) {
    var children = new ArrayList<TaskSpec>();
    for (int i = 0; i < CHILDREN; i++) {
      children.add(
          TaskSpec.of(task.id().child("part-" + i), task.spec().role(), "part " + i)
              .withParameters(task.spec().parameters())
              .withParameter("exercise", "step")
              .withLimits(task.spec().limits()));
    }
    return new AttemptEnd.Delegated(children, "split");
  }

  /** By the deadline, which is told by the node's clock as the moment will be. */
  private static AttemptEnd doze(Task task) {
    var now = task.deadline().minus(task.spec().limits().timeLimit());
    return new AttemptEnd.Slept(now.plusMillis(millis(task)), "dozed");
  }

  private static AttemptEnd ask() {
    return new AttemptEnd.AskedHuman("Shall it go on?", "asked");
  }

  private static AttemptEnd done(Task task, BlockingSwarm swarm, Acknowledgements notes)
      throws IOException, InterruptedException {
    return settle(task, swarm, notes, swarm.post(task.resultPath().value(), "done " + name(task)));
  }

  /** All that was posted, one line each, in an order that is always the same. */
  private static AttemptEnd gather(Task task, BlockingSwarm swarm, Acknowledgements notes)
      throws IOException, InterruptedException {
    var lines =
        swarm.read(Section.FINDINGS).stream()
            .map(entry -> "- " + entry.draft().content())
            .sorted()
            .collect(Collectors.joining("\n"));
    return settle(
        task, swarm, notes, swarm.post(task.resultPath().value(), "# Exercise\n\n" + lines));
  }

  /** Ends the attempt here rather than by its return, so as to hear of it. */
  private static AttemptEnd settle(
      Task task, BlockingSwarm swarm, Acknowledgements notes, Entry last)
      throws IOException, InterruptedException {
    notes.posted(task.id(), last);
    Fence fence = ((Author.Agent) last.author()).fence();
    var end = new AttemptEnd.Settled(new Outcome.Completed("under " + fence));
    var _ = BlockingSwarm.await(swarm.context().end(end));
    notes.settled(task.id(), last.at(), fence);
    return end;
  }

  private static void pass(long millis) throws InterruptedException {
    try {
      var _ =
          CompletableFuture.supplyAsync(
                  List::of, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
              .get();
    } catch (ExecutionException e) {
      throw new CompletionException(e);
    }
  }
}
