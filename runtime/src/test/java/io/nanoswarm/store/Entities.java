package io.nanoswarm.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.channel.DurableChannel;
import io.nanoswarm.channel.DurableChannelSettings;
import io.nanoswarm.memory.AgentMemory;
import io.nanoswarm.memory.AgentMemorySettings;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** A node's real entities on a journal, without a cluster around them. */
final class Entities implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem<SpawnProtocol.Command> system;

  Entities(JournalDatabase journal) {
    system = ActorSystem.create(SpawnProtocol.create(), "test", config(journal));
  }

  /** As a control node has it. */
  static Config config(JournalDatabase journal) {
    return ConfigFactory.load(
        ConfigFactory.parseMap(
                Map.of(
                    "pekko.actor.provider", "local",
                    "pekko.loglevel", "OFF",
                    "swarm.channel.snapshot-every", 20))
            .withFallback(journal.plugins())
            .withFallback(ConfigFactory.parseResources("control.conf")));
  }

  ActorRef<AgentMemory.Command> memory(String session, String agent) {
    return spawn(
        AgentMemory.create(
            new SessionId(session), new AgentName(agent), AgentMemorySettings.create(system)));
  }

  ActorRef<DurableChannel.Command> channel(String name) {
    return spawn(
        DurableChannel.create(name, DurableChannelSettings.create(system), system.ignoreRef()));
  }

  private <C> ActorRef<C> spawn(Behavior<C> behavior) {
    CompletionStage<ActorRef<C>> spawned =
        AskPattern.ask(
            system,
            to -> new SpawnProtocol.Spawn<>(behavior, "", Props.empty(), to),
            PATIENCE,
            system.scheduler());
    return spawned.toCompletableFuture().join();
  }

  <C, R> CompletableFuture<R> asking(
      ActorRef<C> whom, Function<ActorRef<R>, C> question, Duration patience) {
    return AskPattern.<C, R>ask(whom, question::apply, patience, system.scheduler())
        .toCompletableFuture();
  }

  <C, R> R ask(ActorRef<C> whom, Function<ActorRef<R>, C> question) {
    return this.<C, R>asking(whom, question, PATIENCE).join();
  }

  /** Whether it was confirmed within a time; if not, it may have been stored or not. */
  boolean remembers(
      ActorRef<AgentMemory.Command> memory, String key, String value, Duration patience) {
    try {
      AgentMemory.RememberReply reply =
          this.<AgentMemory.Command, AgentMemory.RememberReply>asking(
                  memory, to -> new AgentMemory.Remember(key, value, to), patience)
              .join();
      return reply instanceof AgentMemory.Remembered;
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        return false;
      }
      throw e;
    }
  }

  @Nullable String recall(ActorRef<AgentMemory.Command> memory, String key) {
    AgentMemory.Recalled recalled = ask(memory, to -> new AgentMemory.Recall(key, to));
    return recalled.value();
  }

  CompletableFuture<DurableChannel.PublishReply> publish(
      ActorRef<DurableChannel.Command> channel, String text, Duration patience) {
    return asking(channel, to -> new DurableChannel.Publish(text, to), patience);
  }

  /** What the channel has, from its beginning to a number of messages. */
  List<String> heard(ActorRef<DurableChannel.Command> channel, int messages)
      throws InterruptedException {
    var heard = new LinkedBlockingQueue<DurableChannel.Delivery>();
    ActorRef<DurableChannel.Notice> subscriber =
        spawn(
            Behaviors.receiveMessage(notice -> {
              if (notice instanceof DurableChannel.Delivery delivery) {
                heard.add(delivery);
              }
              return Behaviors.same();
            }));
    channel.tell(new DurableChannel.Subscribe(0, subscriber));
    var texts = new ArrayList<String>();
    while (texts.size() < messages) {
      var next = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("heard no more than " + texts);
      }
      texts.add(next.offset() + " " + next.text());
    }
    return texts;
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
