package io.nanoswarm.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.memory.AgentMemory.Command;
import io.nanoswarm.memory.AgentMemory.Forget;
import io.nanoswarm.memory.AgentMemory.Forgotten;
import io.nanoswarm.memory.AgentMemory.Full;
import io.nanoswarm.memory.AgentMemory.Part;
import io.nanoswarm.memory.AgentMemory.Recall;
import io.nanoswarm.memory.AgentMemory.Recalled;
import io.nanoswarm.memory.AgentMemory.Remember;
import io.nanoswarm.memory.AgentMemory.RememberReply;
import io.nanoswarm.memory.AgentMemory.Remembered;
import io.nanoswarm.memory.AgentMemory.TooLarge;
import io.nanoswarm.memory.AgentMemoryEvent.ValueForgotten;
import io.nanoswarm.memory.AgentMemoryEvent.ValueRemembered;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.SessionId;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogCapturingExtension.class)
class AgentMemoryTest {
  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(EventSourcedBehaviorTestKit.config())
              .withFallback(ConfigFactory.load()));

  private final EventSourcedBehaviorTestKit<Command, AgentMemoryEvent, AgentMemoryState> memory =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          AgentMemory.create(
              new SessionId("goal-1"),
              new AgentName("reader-1"),
              new AgentMemorySettings(2, 4, 8, 100, 2, Duration.ofMinutes(1))),
          EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));

  @BeforeEach
  void empty() {
    memory.clear();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void what_was_remembered_is_stored() {
    assertThat(remember("key", "value").reply()).isEqualTo(new Remembered("key"));

    memory.restart();

    assertThat(recall("key")).isEqualTo("value");
    assertThat(recall("none")).isNull();
  }

  @Test
  void a_value_replaces_the_one_that_stood_there() {
    remember("key", "one");
    remember("key", "two");

    assertThat(recall("key")).isEqualTo("two");
  }

  @Test
  void what_was_forgotten_stays_forgotten() {
    remember("key", "value");

    assertThat(forget("key").reply()).isEqualTo(new Forgotten("key"));
    memory.restart();

    assertThat(recall("key")).isNull();
  }

  @Test
  void every_command_twice_changes_nothing_the_second_time() {
    remember("key", "value");
    assertThat(remember("key", "value").hasNoEvents()).isTrue();

    forget("key");
    assertThat(forget("key").hasNoEvents()).isTrue();
  }

  @Test
  void a_full_memory_refuses_further_keys() {
    remember("a", "1");
    remember("b", "2");

    assertThat(remember("c", "3").reply()).isEqualTo(new Full(2));
    assertThat(remember("b", "4").reply()).isEqualTo(new Remembered("b"));
  }

  @Test
  void what_is_too_large_is_refused() {
    assertThat(remember("fünf", "v").reply()).isEqualTo(new TooLarge(Part.KEY, 5, 4));
    assertThat(remember("k", "123456789").reply()).isEqualTo(new TooLarge(Part.VALUE, 9, 8));
  }

  @Test
  void every_event_meets_a_value_and_its_absence() {
    var absent = AgentMemoryState.EMPTY;
    var present = absent.apply(new ValueRemembered("k", "old"));

    assertThat(AgentMemoryEvent.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(ValueRemembered.class, ValueForgotten.class);
    assertThat(absent.apply(new ValueRemembered("k", "new")).values()).containsEntry("k", "new");
    assertThat(present.apply(new ValueRemembered("k", "new")).values()).containsEntry("k", "new");
    assertThat(present.apply(new ValueForgotten("k")).values()).isEmpty();
    assertThatThrownBy(() -> absent.apply(new ValueForgotten("k")))
        .isInstanceOf(IllegalStateException.class);
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, AgentMemoryEvent, AgentMemoryState, RememberReply>
      remember(String key, String value) {
    return memory.runCommand(to -> new Remember(key, value, to));
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, AgentMemoryEvent, AgentMemoryState, Forgotten>
      forget(String key) {
    return memory.runCommand(to -> new Forget(key, to));
  }

  private String recall(String key) {
    return memory.<Recalled>runCommand(to -> new Recall(key, to)).reply().value();
  }
}
