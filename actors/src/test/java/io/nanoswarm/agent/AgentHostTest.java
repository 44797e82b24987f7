package io.nanoswarm.agent;

import static io.nanoswarm.agent.AgentHostFixture.BEFORE;
import static io.nanoswarm.agent.AgentHostFixture.DONE;
import static io.nanoswarm.agent.AgentHostFixture.NAME;
import static io.nanoswarm.agent.AgentHostFixture.OTHER;
import static io.nanoswarm.agent.AgentHostFixture.SEND_AGAIN;
import static io.nanoswarm.agent.AgentHostFixture.TASK;
import static io.nanoswarm.agent.AgentHostFixture.WORKER;
import static io.nanoswarm.agent.AgentHostFixture.accept;
import static io.nanoswarm.agent.AgentHostFixture.assignment;
import static io.nanoswarm.agent.AgentHostFixture.fence;
import static io.nanoswarm.agent.AgentHostFixture.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent.Perform;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.AttemptRequest.Release;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How a host comes by a task, from its claim to an attempt that its agent performs. */
@ExtendWith(LogCapturingExtension.class)
class AgentHostTest {
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
  void a_claim_is_sent_again_until_it_is_met() {
    host.start();
    var first = host.claim();

    host.pass(SEND_AGAIN);
    var again = host.claim();
    again.host().tell(new TaskQueue.Match(again.claimId(), TASK));
    host.begin();
    host.pass(SEND_AGAIN);

    assertThat(again).isEqualTo(first);
    assertThat(first.agent()).isEqualTo(NAME);
    assertThat(first.worker()).isEqualTo(WORKER);
    host.queues.expectNoMessage();
  }

  @Test
  void a_match_with_an_earlier_claim_is_ignored() {
    host.start();
    var claim = host.claim();

    claim.host().tell(new TaskQueue.Match(claim.claimId() + 1, TASK));

    host.sessions.expectNoMessage();
  }

  @Test
  void a_match_begins_an_attempt_and_begin_is_sent_again_until_answered() {
    host.start();
    host.match();

    var begin = host.begin();
    host.pass(SEND_AGAIN);

    assertThat(host.begin()).isEqualTo(begin);
    assertThat(begin.task()).isEqualTo(TASK);
    assertThat(begin.agent()).isEqualTo(NAME);
    assertThat(begin.worker()).isEqualTo(WORKER);
  }

  @Test
  void a_task_that_was_not_begun_is_followed_by_another_claim() {
    host.start();
    long met = host.match();

    host.begin().replyTo().tell(new Session.NotBegun(TASK, 0, "another works on it"));

    assertThat(host.claim().claimId()).isGreaterThan(met);
  }

  @Test
  void what_meets_a_claim_at_once_is_performed_without_a_word() {
    host.start();
    var claim = host.claim();

    grant(claim, TASK, 1);
    grant(claim, TASK, 1);

    assertThat(host.agent.expectMessageClass(Perform.class).task().id()).isEqualTo(TASK);
    host.agent.expectNoMessage();
    host.sessions.expectNoMessage();
    host.queues.expectNoMessage();
  }

  @Test
  void what_meets_a_claim_at_once_and_is_not_begun_is_followed_by_another_claim() {
    host.start();
    var claim = host.claim();

    claim.beginnings().tell(new Session.NotBegun(TASK, claim.claimId(), "another works on it"));

    assertThat(host.claim().claimId()).isGreaterThan(claim.claimId());
  }

  @Test
  void what_meets_an_earlier_claim_is_given_back() {
    host.start();
    var claim = host.claim();
    claim.beginnings().tell(new Session.NotBegun(TASK, claim.claimId(), "another works on it"));
    host.claim();

    grant(claim, OTHER, 2);
    claim.beginnings().tell(new Session.NotBegun(OTHER, claim.claimId(), "late"));

    assertThat(host.request().request()).isInstanceOf(Release.class);
    host.agent.expectNoMessage();
    host.queues.expectNoMessage();
  }

  @Test
  void an_attempt_that_begins_too_late_is_given_back() {
    host.start();
    host.match();
    var begin = host.begin();
    begin.replyTo().tell(new Session.NotBegun(TASK, 0, "another works on it"));
    host.claim();

    grant(begin, 1);

    assertThat(host.request().request()).isInstanceOf(Release.class);
    host.agent.expectNoMessage();
  }

  @Test
  void the_same_beginning_answered_twice_changes_nothing() {
    host.start();
    host.match();
    var begin = host.begin();
    grant(begin, 1);
    host.agent.expectMessageClass(Perform.class);

    grant(begin, 1);

    host.sessions.expectNoMessage();
    host.agent.expectNoMessage();
  }

  @Test
  void the_agent_performs_what_was_begun() {
    host.start();

    var perform = host.performing(1);

    assertThat(perform.task().id()).isEqualTo(TASK);
    assertThat(perform.task().attempt()).isEqualTo(1);
    assertThat(perform.swarm().self()).isEqualTo(NAME);
  }

  @Test
  void an_agent_is_told_all_results_though_they_come_in_pages() {
    host.start();
    host.match();
    var begin = host.begin();
    begin.replyTo().tell(new Session.Begun(TASK, 0, assignment(1), 1));
    var asked = (Session.GetResults) host.sessions.receiveMessage().message();
    assertThat(asked.from()).isEqualTo(1);
    var more = new Assignment.TaskResult(BEFORE.child("part"), "Part", fence(3), DONE);

    asked.replyTo().tell(new Session.MoreResults(TASK, fence(1), 1, List.of(more), 0));
    asked.replyTo().tell(new Session.MoreResults(TASK, fence(1), 1, List.of(more), 0));

    assertThat(host.agent.expectMessageClass(Perform.class).task().inputs())
        .extracting(Task.Input::task)
        .containsExactly(BEFORE, BEFORE.child("part"));
  }

  @Test
  void a_task_that_was_suspended_wakes_the_agent_and_one_that_was_handed_off_does_not() {
    host.start();
    host.match();
    host.begin().replyTo().tell(new Session.Begun(TASK, 0, assignment(1, "so far", null), 0));
    var wake = host.agent.expectMessageClass(Agent.Wake.class);
    wake.swarm().settle(DONE);
    accept(host.request(new Settle(DONE)));
    host.match();
    host.begin()
        .replyTo()
        .tell(new Session.Begun(TASK, 0, assignment(2, "yours", new AgentRole("a")), 0));

    var perform = host.agent.expectMessageClass(Perform.class);

    assertThat(wake.task().checkpoint()).isEqualTo("so far");
    assertThat(perform.task().checkpoint()).isEqualTo("yours");
    assertThat(perform.task().handedOffBy()).isEqualTo(new AgentRole("a"));
  }

  @Test
  void a_host_claims_with_what_its_node_offers() {
    host.start();
    assertThat(host.claim().offers()).isEqualTo(Offers.NONE);
    var offers = new Offers(Map.of("gh", ""), Map.of(), Set.of(), "linux", 1024, 2, Set.of());

    host.tell(new AgentHost.Offering(offers));

    assertThat(host.claim().offers()).isEqualTo(offers);
  }
}
