package io.nanoswarm.testkit.internal;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LocalShardTest {
  private static final ActorTestKit kit = ActorTestKit.create();

  private final TestProbe<String> done = kit.createTestProbe();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void one_that_asks_to_leave_does_first_what_it_was_told_before_and_its_next_one_the_rest() {
    ActorRef<LocalShard.Command<String>> shard =
        kit.spawn(LocalShard.create("stop", (_, itself) -> busy(itself)));
    tell(shard, "question");
    tell(shard, "leave");
    done.expectMessage("told to stop");
    tell(shard, "later question");
    done.expectMessage("question");
    done.expectMessage("stop");
    done.expectMessage("started anew");
  }

  /** As an entity that stores something: it does what it is told when that is done. */
  private Behavior<String> busy(ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(
        context -> Behaviors.withStash(10, stash -> new Busy(context, shard, stash).behavior()));
  }

  private final class Busy {
    private final ActorContext<String> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final StashBuffer<String> stash;

    Busy(
        ActorContext<String> context,
        ActorRef<ClusterSharding.ShardCommand> shard,
        StashBuffer<String> stash) {
      this.context = context;
      this.shard = shard;
      this.stash = stash;
    }

    Behavior<String> behavior() {
      return Behaviors.receiveMessage(message -> {
        switch (message) {
          case "leave" -> shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
          case "later question" -> done.ref().tell("started anew");
          default -> stash.stash(message);
        }
        if (!message.equals("stop")) {
          return Behaviors.same();
        }
        done.ref().tell("told to stop");
        return stash.unstashAll(
            Behaviors.receiveMessage(kept -> {
              done.ref().tell(kept);
              return kept.equals("stop") ? Behaviors.stopped() : Behaviors.same();
            }));
      });
    }
  }

  private static void tell(ActorRef<LocalShard.Command<String>> shard, String message) {
    shard.tell(new LocalShard.Deliver<>(new ShardingEnvelope<>("one", message)));
  }
}
