package io.nanoswarm.supervisor;

import io.nanoswarm.placement.Placed;
import io.nanoswarm.session.Need;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Asks several machines whether they meet some needs, and tells what they say when all have
 * answered, or had the time to. Stops then.
 */
final class PlaceSearch extends AbstractMatchingBehavior<PlaceSearch.Command> {

  /** What a machine says: the needs that it does not meet. */
  record Answer(ActorRef<Machine.Command> machine, List<Need> lacking) {}

  /**
   * What came of it.
   *
   * @param complete whether every machine has answered
   */
  record Found(List<Answer> answers, boolean complete) {
    Set<ActorRef<Machine.Command>> fitting() {
      return answers.stream()
          .filter(answer -> answer.lacking().isEmpty())
          .map(Answer::machine)
          .collect(Collectors.toSet());
    }
  }

  sealed interface Command {}

  private record Looked(ActorRef<Machine.Command> machine, @Nullable Placed placed)
      implements Command {}

  private final Consumer<Found> whenDone;
  private final List<Answer> answers = new ArrayList<>();
  private final int asked;
  private int open;

  /**
   * @param whenDone told once, by the thread of this actor; without those that did not answer
   */
  static Behavior<Command> create(
      List<ActorRef<Machine.Command>> machines,
      List<Need> needs,
      Duration within,
      Consumer<Found> whenDone) {
    return Behaviors.setup(context -> {
      if (machines.isEmpty()) {
        whenDone.accept(new Found(List.of(), true));
        return Behaviors.stopped();
      }
      return new PlaceSearch(context, machines, needs, within, whenDone);
    });
  }

  private PlaceSearch(
      ActorContext<Command> context,
      List<ActorRef<Machine.Command>> machines,
      List<Need> needs,
      Duration within,
      Consumer<Found> whenDone) {
    super(context);
    this.whenDone = whenDone;
    asked = machines.size();
    open = asked;
    for (ActorRef<Machine.Command> machine : machines) {
      context.ask(
          Placed.class,
          machine,
          within,
          (ActorRef<Placed> replyTo) -> new Machine.Place(needs, replyTo),
          (placed, _) -> new Looked(machine, placed));
    }
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Looked(var machine, var placed) -> {
        open--;
        if (placed != null) {
          answers.add(new Answer(machine, placed.lacking()));
        }
        if (open > 0) {
          yield this;
        }
        whenDone.accept(new Found(List.copyOf(answers), answers.size() == asked));
        yield Behaviors.stopped();
      }
    };
  }
}
