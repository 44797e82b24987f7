package io.nanoswarm.session;

import io.nanoswarm.entity.PageBound;
import io.nanoswarm.serialization.CborSerializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The tasks of a session as they were at one moment, for who asks from another node: a whole
 * session may be larger than any message.
 *
 * <p>Guarantees: all pages are of the same moment, whatever becomes of the session meanwhile. A
 * page has {@link PageBound#MOST} tasks at most, and so many of them as are below {@link
 * PageBound#BYTES}; at least one.
 *
 * <p>Lifecycle: started with the first page; stops when it was not asked for {@link #KEPT}.
 */
public final class TaskPages {
  /** Shorter: who is slow reads a session in vain. Longer: it is kept in memory in vain. */
  private static final Duration KEPT = Duration.ofSeconds(30);

  /** What is asked of it. */
  public sealed interface Command extends CborSerializable {}

  /**
   * The tasks from a number on.
   *
   * @param from how many came before, which is what {@link Page#next} said
   */
  public record GetTasks(int from, ActorRef<Page> replyTo) implements Command {}

  private record Unasked() implements Command {}

  /**
   * @param tasks in their order
   * @param next where they go on, 0 if these were the last
   */
  public record Page(List<TaskRecord> tasks, int next) implements CborSerializable {
    public Page {
      tasks = List.copyOf(tasks);
    }
  }

  private TaskPages() {}

  /** What is told to somebody: the whole if it is here, or fits; else its first page. */
  static SessionSnapshot tell(SessionSnapshot whole, ActorRef<?> to, ActorSystem<?> system) {
    if (to.path().address().hasLocalScope() || whole.active().isEmpty()) {
      return whole;
    }
    List<TaskRecord> all = List.copyOf(whole.active().orElseThrow().tasks().values());
    Page first = page(all, 0);
    if (first.next() == 0) {
      return whole;
    }
    // Beside the session, which may leave memory or move before all is read.
    String name = "tasks-of-%s-%s".formatted(whole.session(), UUID.randomUUID());
    ActorRef<Command> rest = system.systemActorOf(create(all), name, Props.empty());
    return whole.with(first.tasks(), rest);
  }

  private static Behavior<Command> create(List<TaskRecord> all) {
    return Behaviors.setup(context -> {
      context.setReceiveTimeout(KEPT, new Unasked());
      return Behaviors.receiveMessage(command ->
          switch (command) {
            case GetTasks(var from, var replyTo) -> {
              replyTo.tell(page(all, from));
              yield Behaviors.same();
            }
            case Unasked _ -> Behaviors.stopped();
          });
    });
  }

  private static Page page(List<TaskRecord> all, int from) {
    List<TaskRecord> rest = all.subList(Math.clamp(from, 0, all.size()), all.size());
    List<TaskRecord> some = PageBound.first(rest);
    return new Page(some, some.size() == rest.size() ? 0 : from + some.size());
  }

  /**
   * The whole of what was told, once all its pages have come.
   *
   * @param within from each request to its page
   */
  public static CompletionStage<SessionSnapshot> whole(
      SessionSnapshot told, Duration within, ActorSystem<?> system) {
    ActorRef<Command> rest = told.rest();
    if (rest == null) {
      return CompletableFuture.completedFuture(told);
    }
    var tasks = new ArrayList<>(told.active().orElseThrow().tasks().values());
    return read(rest, tasks, within, system).thenApply(all -> told.with(all, null));
  }

  private static CompletionStage<List<TaskRecord>> read(
      ActorRef<Command> rest, List<TaskRecord> before, Duration within, ActorSystem<?> system) {
    return AskPattern.<Command, Page>ask(
            rest, replyTo -> new GetTasks(before.size(), replyTo), within, system.scheduler())
        .thenCompose(page -> {
          before.addAll(page.tasks());
          return page.next() == 0
              ? CompletableFuture.completedFuture(before)
              : read(rest, before, within, system);
        });
  }
}
