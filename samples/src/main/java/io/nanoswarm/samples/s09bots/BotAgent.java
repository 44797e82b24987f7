package io.nanoswarm.samples.s09bots;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.bus.Channel;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Counts with another bot, in turns, on a durable channel: one says odd numbers, the other even
 * ones. A number that is heard twice is answered once, so that either may die and begin anew.
 */
public final class BotAgent implements Agent {
  private static final int LAST = 6;

  @Override
  public Behavior<Message> create() {
    return idle();
  }

  private static Behavior<Message> idle() {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Perform(var task, var swarm) -> begin(task, swarm);
          case Wake(var task, var swarm) -> begin(task, swarm);
          case Cancel _, Heard _ -> Behaviors.same();
        });
  }

  private static Behavior<Message> begin(Task task, SwarmContext swarm) {
    var channel = Channel.durable("talk/" + task.id().session().value());
    swarm.hear(channel, 0);
    boolean odd = task.parameter("says").orElseThrow().equals("odd");
    if (odd) {
      var _ = swarm.bus().publish(channel, "1");
    }
    return talking(new Talk(task, swarm, channel, odd), List.of());
  }

  private record Talk(Task task, SwarmContext swarm, Channel channel, boolean odd) {}

  private static Behavior<Message> talking(Talk talk, List<String> heard) {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Heard(var said) -> onHeard(talk, heard, said.text());
          case Cancel _ -> {
            var _ = talk.swarm().release("cancelled");
            yield idle();
          }
          case Perform(var task, var swarm) -> begin(task, swarm);
          case Wake(var task, var swarm) -> begin(task, swarm);
        });
  }

  private static Behavior<Message> onHeard(Talk talk, List<String> heard, String text) {
    if (heard.contains(text)) {
      return Behaviors.same();
    }
    var now = new ArrayList<>(heard);
    now.add(text);
    int number = Integer.parseInt(text);
    boolean mine = (number % 2 == 1) == talk.odd();
    if (!mine && number < LAST) {
      var _ = talk.swarm().bus().publish(talk.channel(), String.valueOf(number + 1));
    }
    if (number < LAST) {
      return talking(talk, List.copyOf(now));
    }
    var path = talk.task().resultPath();
    var _ =
        talk.swarm()
            .blackboard()
            .post(Draft.of(path, String.join(" ", now)))
            .thenCompose(_ -> talk.swarm().end(AttemptEnd.completed("counted to " + LAST)));
    return idle();
  }
}
