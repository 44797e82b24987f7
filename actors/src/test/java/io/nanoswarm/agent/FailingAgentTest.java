package io.nanoswarm.agent;

import static io.nanoswarm.agent.AgentHostFixture.DONE;
import static io.nanoswarm.agent.AgentHostFixture.accept;
import static io.nanoswarm.agent.AgentHostFixture.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a host makes of an agent that throws, stops, or does not even start. */
@ExtendWith(LogCapturingExtension.class)
class FailingAgentTest {
  private static final ActorTestKit kit = AgentHostFixture.kit();

  private AgentHostFixture host;

  @BeforeEach
  void aHost(@TempDir Path folder) {
    host = new AgentHostFixture(kit, folder);
  }

  @AfterEach
  void stopHost() {
    host.close();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void an_agent_that_crashes_ends_its_attempt_as_failed_with_the_reason() {
    host.start(() ->
        Behaviors.receiveMessage(_ -> {
          throw new IllegalStateException("no luck");
        }));
    host.match();
    grant(host.begin(), 1);

    var settle = host.request();

    assertThat(settle.request())
        .isEqualTo(
            new Settle(
                new Outcome.Failed(
                    "the agent failed: java.lang.IllegalStateException: no luck", true)));
  }

  @Test
  void an_agent_that_cannot_start_ends_its_attempt_as_failed() {
    host.start(() -> {
      throw new IllegalStateException("no start");
    });
    host.match();
    grant(host.begin(), 1);

    assertThat(((Settle) host.request().request()).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.retryable()).isTrue());
  }

  @Test
  void the_attempt_after_a_crash_gets_a_fresh_agent() {
    var started = new AtomicInteger();
    host.start(() -> {
      int incarnation = started.incrementAndGet();
      return Behaviors.receiveMessage(message -> {
        host.agent.ref().tell(message);
        if (incarnation == 1) {
          throw new IllegalStateException("no luck");
        }
        return Behaviors.same();
      });
    });
    host.performing(1);
    accept(host.request());
    host.performing(2);

    host.agent.expectNoMessage();
    assertThat(started).hasValue(2);
  }

  @Test
  void an_agent_that_stops_ends_its_attempt_as_failed() {
    host.start(() -> Behaviors.receiveMessage(_ -> Behaviors.stopped()));
    host.match();
    grant(host.begin(), 1);

    assertThat(host.request().request())
        .isEqualTo(new Settle(new Outcome.Failed("the agent stopped", true)));
  }

  @Test
  void an_agent_whose_code_does_not_fit_together_fails_its_attempt_and_no_more() {
    host.start(() ->
        Behaviors.receiveMessage(_ -> {
          throw new NoClassDefFoundError("com/acme/Rates");
        }));
    host.match();
    grant(host.begin(), 1);

    assertThat(((Settle) host.request().request()).outcome().toString())
        .contains("class com.acme.Rates is missing", "add the jar");
  }

  @Test
  void blocking_work_that_fails_settles_as_failed_whatever_it_throws() {
    var thrown = new AtomicInteger();
    host.start(
        Agent.blocking((_, _) ->
            switch (thrown.getAndIncrement()) {
              case 0 -> throw new java.io.IOException("disk gone");
              case 1 -> throw new StackOverflowError("too deep");
              case 2 -> null;
              default -> new AttemptEnd.Settled(DONE);
            }));
    host.match();
    for (String reason :
        List.of("disk gone", "java.lang.StackOverflowError: too deep", "the work has no outcome")) {
      grant(host.begin(), thrown.get() + 1L);

      var settle = host.request();

      assertThat(settle.request()).isEqualTo(new Settle(new Outcome.Failed(reason, true)));
      accept(settle);
      host.match();
    }
  }
}
