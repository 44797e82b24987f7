package io.nanoswarm.agent;

import static io.nanoswarm.agent.AgentHostFixture.DONE;
import static io.nanoswarm.agent.AgentHostFixture.OTHER;
import static io.nanoswarm.agent.AgentHostFixture.SEND_AGAIN;
import static io.nanoswarm.agent.AgentHostFixture.TASK;
import static io.nanoswarm.agent.AgentHostFixture.accept;
import static io.nanoswarm.agent.AgentHostFixture.assignment;
import static io.nanoswarm.agent.AgentHostFixture.fence;
import static io.nanoswarm.agent.AgentHostFixture.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent.Perform;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AttemptRequest.Release;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.Session;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a host claims while an outcome is being stored. */
@ExtendWith(LogCapturingExtension.class)
class AgentHostClaimAheadTest {
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
  void the_next_task_is_claimed_with_an_outcome_and_performed_when_that_is_stored() {
    host.start();
    host.settling();
    var settle = host.request(new Settle(DONE));
    var claim = host.claim();

    grant(claim, OTHER, 2);
    grant(claim, OTHER, 2);
    host.settleDown();
    host.agent.expectNoMessage();
    accept(settle);

    assertThat(host.agent.expectMessageClass(Perform.class).swarm()).isNotNull();
    host.agent.expectNoMessage();
    host.sessions.expectNoMessage();
    host.queues.expectNoMessage();
  }

  @Test
  void what_meets_the_claim_after_the_outcome_is_stored_is_performed() {
    host.start();
    host.settling();
    accept(host.request());
    var claim = host.claim();

    grant(claim, OTHER, 2);

    host.agent.expectMessageClass(Perform.class);
    host.queues.expectNoMessage();
  }

  @Test
  void a_match_while_an_outcome_is_being_stored_begins_the_next_attempt() {
    host.start();
    host.settling();
    var settle = host.request();
    var claim = host.claim();

    claim.host().tell(new TaskQueue.Match(claim.claimId(), OTHER));
    var begin = (Session.Begin) host.sessions.receiveMessage().message();
    begin.replyTo().tell(new Session.Begun(OTHER, begin.claim(), assignment(2), 0));
    host.settleDown();
    host.agent.expectNoMessage();
    accept(settle);

    assertThat(begin.claim()).isEqualTo(claim.claimId());
    host.agent.expectMessageClass(Perform.class);
  }

  @Test
  void what_is_refused_while_an_outcome_is_being_stored_is_followed_by_a_claim_when_it_is() {
    host.start();
    host.settling();
    var settle = host.request();
    var claim = host.claim();

    claim.beginnings().tell(new Session.NotBegun(OTHER, claim.claimId(), "another works on it"));
    host.settleDown();
    host.queues.expectNoMessage();
    accept(settle);

    assertThat(host.claim().claimId()).isGreaterThan(claim.claimId());
  }

  @Test
  void an_outcome_that_is_refused_is_followed_by_what_was_granted_meanwhile() {
    host.start();
    host.settling();
    var settle = host.request();
    grant(host.claim(), OTHER, 2);

    settle.replyTo().tell(new Session.AttemptOver(TASK, settle.fence(), "its time is up"));

    host.agent.expectMessageClass(Perform.class);
    host.queues.expectNoMessage();
  }

  @Test
  void what_is_granted_waits_for_no_outcome_that_is_not_stored_in_time() {
    host.start();
    host.settling();
    host.request();
    grant(host.claim(), OTHER, 2);
    host.settleDown();

    host.pass(SEND_AGAIN);

    var again = host.request(new Settle(DONE));
    var given = host.request();
    assertThat(given.request()).isInstanceOf(Release.class);
    assertThat(given.fence()).isEqualTo(fence(2));
    accept(again);
    host.claim();
    host.agent.expectNoMessage();
  }

  @Test
  void a_claim_waits_for_no_outcome_that_is_not_stored_in_time() {
    host.start();
    host.settling();
    host.request();
    var claim = host.claim();

    host.pass(SEND_AGAIN);

    assertThat(host.unclaim().claimId()).isEqualTo(claim.claimId());
    accept(host.request(new Settle(DONE)));
    assertThat(host.claim().claimId()).isGreaterThan(claim.claimId());
    grant(claim, OTHER, 2);
    assertThat(host.request().request()).isInstanceOf(Release.class);
  }

  @Test
  void what_is_granted_ahead_and_cut_off_is_not_performed() {
    host.start();
    host.settling();
    var settle = host.request();
    var claim = host.claim();
    grant(claim, OTHER, 2);

    claim.cancellations().tell(new Session.AttemptCancelled(OTHER, fence(2), "its time is up"));
    accept(settle);

    assertThat(host.claim().claimId()).isGreaterThan(claim.claimId());
    host.agent.expectNoMessage();
  }

  @Test
  void nothing_is_claimed_ahead_of_what_may_be_refused() {
    host.start();
    host.performing(1).swarm().delegate(List.of(), "c");

    var delegate = host.request();
    host.queues.expectNoMessage();
    accept(delegate);

    host.claim();
  }
}
