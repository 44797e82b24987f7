package io.nanoswarm.agent;

import static io.nanoswarm.agent.AgentHostFixture.DONE;
import static io.nanoswarm.agent.AgentHostFixture.ELSEWHERE;
import static io.nanoswarm.agent.AgentHostFixture.LEASE;
import static io.nanoswarm.agent.AgentHostFixture.ROLE;
import static io.nanoswarm.agent.AgentHostFixture.SEND_AGAIN;
import static io.nanoswarm.agent.AgentHostFixture.TASK;
import static io.nanoswarm.agent.AgentHostFixture.accept;
import static io.nanoswarm.agent.AgentHostFixture.fence;
import static io.nanoswarm.agent.AgentHostFixture.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.agent.Agent.Perform;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.TaskSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How an agent ends its attempt, and what of it is refused. */
@ExtendWith(LogCapturingExtension.class)
class AttemptEndingTest {
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
  void an_outcome_is_sent_again_until_it_is_answered() throws Exception {
    host.start();
    var perform = host.performing(1);

    var settled = perform.swarm().settle(DONE).toCompletableFuture();
    var first = host.request(new Settle(DONE));
    host.pass(SEND_AGAIN);
    var again = host.request(new Settle(DONE));
    assertThat(settled).isNotDone();
    again.replyTo().tell(new Session.Accepted(TASK, again.fence()));

    assertThat(again).isEqualTo(first);
    settled.get(10, TimeUnit.SECONDS);
    host.claim();
    host.pass(LEASE);
    host.sessions.expectNoMessage();
  }

  @Test
  void settling_twice_with_the_same_outcome_is_settling_once() throws Exception {
    host.start();
    var perform = host.performing(1);

    var first = perform.swarm().settle(DONE).toCompletableFuture();
    var second = perform.swarm().settle(DONE).toCompletableFuture();
    var other = perform.swarm().settle(new Outcome.Cancelled("no")).toCompletableFuture();
    accept(host.request(new Settle(DONE)));

    first.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS)).hasMessageContaining("is ending");
  }

  @Test
  void an_attempt_without_outcome_is_refused() {
    host.start();
    var perform = host.performing(1);

    assertThatThrownBy(() -> perform.swarm().settle(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void what_the_session_finds_invalid_is_told_to_the_agent_and_the_attempt_goes_on() {
    host.start();
    var perform = host.performing(1);
    var delegated = perform.swarm().delegate(List.of(), "c").toCompletableFuture();
    var request = host.request();

    request
        .replyTo()
        .tell(new Session.Invalid(TASK, request.fence(), List.of("too many", "too deep")));

    assertThatThrownBy(() -> delegated.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("too many; too deep");
    perform.swarm().settle(DONE);
    accept(host.request(new Settle(DONE)));
    host.claim();
  }

  @Test
  void children_that_do_not_fit_into_one_message_are_refused_and_the_attempt_goes_on() {
    host.start();
    var swarm = host.performing(1).swarm();
    var child = TaskSpec.of(TASK.child("part"), ROLE, "Part").withInstructions("x".repeat(50_000));
    var children =
        Stream.of("a", "b", "c")
            .map(name -> TaskSpec.of(TASK.child(name), ROLE, "Part"))
            .map(spec -> spec.withInstructions(child.instructions()))
            .toList();

    assertThatThrownBy(() -> swarm.delegate(children, "half way"))
        .hasMessageContainingAll("3 children: 15", "delegate fewer at once");

    var _ = swarm.delegate(List.of(child), "half way");
    assertThat(host.request().request()).isInstanceOf(AttemptRequest.Suspend.class);
  }

  /** Fences tell apart the attempts of one session: the first of each has the same. */
  @Test
  void what_an_agent_says_of_one_attempt_does_not_touch_one_of_another_session_with_its_fence() {
    host.start();
    var first = host.performing(1).swarm();
    first.settle(DONE);
    accept(host.request(new Settle(DONE)));
    var next = host.claim();
    grant(next, ELSEWHERE, 1);
    var second = host.agent.expectMessageClass(Perform.class);

    var again = first.settle(DONE).toCompletableFuture();
    host.cancellations.tell(new Session.AttemptCancelled(TASK, fence(1), "its time is up"));
    host.settleDown();
    assertThatThrownBy(() -> again.get(10, TimeUnit.SECONDS)).hasMessageContaining("over");
    host.agent.expectNoMessage();
    second.swarm().settle(DONE);
    var settle = host.request();
    assertThat(settle.task()).isEqualTo(ELSEWHERE);
    assertThat(settle.request()).isEqualTo(new Settle(DONE));
  }
}
