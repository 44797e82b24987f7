package io.nanoswarm.agent;

import static io.nanoswarm.agent.AgentHostFixture.DONE;
import static io.nanoswarm.agent.AgentHostFixture.OTHER;
import static io.nanoswarm.agent.AgentHostFixture.TASK;
import static io.nanoswarm.agent.AgentHostFixture.accept;
import static io.nanoswarm.agent.AgentHostFixture.answer;
import static io.nanoswarm.agent.AgentHostFixture.fence;
import static io.nanoswarm.agent.AgentHostFixture.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent.Perform;
import io.nanoswarm.session.AttemptRequest.Release;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a host does that is told to stop, or is drained, with what it has claimed and begun. */
@ExtendWith(LogCapturingExtension.class)
class AgentHostStopTest {
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
  void an_ordered_stop_gives_the_task_back() {
    host.start();
    host.performing(1);

    host.tell(new AgentHost.Stop());

    host.unclaim();
    assertThat(host.request().request()).isInstanceOf(Release.class);
    host.expectStopped();
  }

  @Test
  void a_stop_while_an_attempt_begins_gives_it_back_when_it_has_begun() {
    host.start();
    host.match();
    var begin = host.begin();

    host.tell(new AgentHost.Stop());
    host.queues.receiveMessage();
    grant(begin, 1);

    assertThat(host.request().request()).isInstanceOf(Release.class);
    host.expectStopped();
  }

  @Test
  void a_stop_while_an_attempt_does_not_begin_is_a_stop() {
    host.start();
    host.match();
    var begin = host.begin();

    host.tell(new AgentHost.Stop());
    begin.replyTo().tell(new Session.NotBegun(TASK, 0, "another works on it"));

    host.expectStopped();
  }

  @Test
  void a_stop_gives_back_what_was_granted_ahead() {
    host.start();
    host.settling();
    host.request();
    grant(host.claim(), OTHER, 2);
    host.settleDown();

    host.tell(new AgentHost.Stop());

    host.unclaim();
    assertThat(List.of(host.request(), host.request()))
        .allSatisfy(asked -> assertThat(asked.request()).isInstanceOf(Release.class))
        .extracting(Session.OfAttempt::fence)
        .containsExactly(fence(1), fence(2));
    host.expectStopped();
  }

  @Test
  void a_stop_waits_for_what_may_meet_the_claim_and_gives_it_back() {
    host.start();
    var claim = host.claim();

    host.tell(new AgentHost.Stop());
    host.unclaim();
    grant(claim, TASK, 1);

    assertThat(host.request().request()).isInstanceOf(Release.class);
    host.expectStopped();
  }

  @Test
  void a_stop_is_one_when_nothing_meets_the_claim() {
    host.start();
    host.settling();
    host.request();
    host.claim();

    host.tell(new AgentHost.Stop());

    assertThat(host.request().request()).isInstanceOf(Release.class);
    answer(host.unclaim());
    host.expectStopped();
  }

  @Test
  void a_stop_waits_for_no_queue_that_does_not_answer() {
    host.start();
    host.claim();

    host.tell(new AgentHost.Stop());
    host.unclaim();
    host.pass(Duration.ofSeconds(1));

    host.expectStopped();
  }

  @Test
  void a_free_host_that_is_drained_claims_no_more_and_stops() {
    host.start();
    host.claim();

    host.tell(new AgentHost.Drain());

    answer(host.unclaim());
    host.expectStopped();
  }

  @Test
  void a_drained_host_finishes_its_attempt_and_stops() {
    host.start();
    var perform = host.performing(1);

    host.tell(new AgentHost.Drain());
    host.unclaim();
    perform.swarm().settle(DONE);
    accept(host.request(new Settle(DONE)));

    host.unclaim();
    host.expectStopped();
    host.sessions.expectNoMessage();
  }

  @Test
  void an_attempt_that_begins_while_its_host_is_drained_is_performed() {
    host.start();
    host.match();
    var begin = host.begin();

    host.tell(new AgentHost.Drain());
    host.queues.receiveMessage();
    grant(begin, 1);

    host.agent.expectMessageClass(Perform.class).swarm().settle(DONE);
    accept(host.request(new Settle(DONE)));
    host.expectStopped();
  }

  @Test
  void what_meets_the_claim_of_a_host_that_is_drained_is_performed_as_its_last() {
    host.start();
    var claim = host.claim();

    host.tell(new AgentHost.Drain());
    host.unclaim();
    grant(claim, TASK, 1);

    host.agent.expectMessageClass(Perform.class).swarm().settle(DONE);
    accept(host.request(new Settle(DONE)));
    host.expectStopped();
  }

  @Test
  void a_host_that_is_drained_while_an_outcome_is_being_stored_performs_what_was_granted() {
    host.start();
    host.settling();
    var settle = host.request();
    grant(host.claim(), OTHER, 2);
    host.settleDown();

    host.tell(new AgentHost.Drain());
    answer(host.unclaim());
    accept(settle);

    host.agent.expectMessageClass(Perform.class).swarm().settle(DONE);
    accept(host.request());
    host.expectStopped();
  }

  @Test
  void a_host_that_is_drained_while_an_outcome_is_being_stored_stops_if_nothing_meets_its_claim() {
    host.start();
    host.settling();
    var settle = host.request();
    host.claim();

    host.tell(new AgentHost.Drain());
    answer(host.unclaim());
    accept(settle);

    host.expectStopped();
  }
}
