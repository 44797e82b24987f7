package io.nanoswarm.agent;

import static io.nanoswarm.agent.AgentHostFixture.DONE;
import static io.nanoswarm.agent.AgentHostFixture.GRACE;
import static io.nanoswarm.agent.AgentHostFixture.LEASE;
import static io.nanoswarm.agent.AgentHostFixture.TASK;
import static io.nanoswarm.agent.AgentHostFixture.draft;
import static io.nanoswarm.agent.AgentHostFixture.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.agent.Agent.Cancel;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.AttemptRequest.Renew;
import io.nanoswarm.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How long an attempt stands, and what becomes of an agent whose attempt is over. */
@ExtendWith(LogCapturingExtension.class)
class LeaseTest {
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
  void the_lease_is_renewed_three_times_within_it() {
    host.start();
    host.performing(1);

    for (int i = 0; i < 6; i++) {
      host.pass(LEASE.dividedBy(3));
      var renew = host.request(new Renew());
      renew.replyTo().tell(new Session.Renewed(TASK, renew.fence()));
      host.settleDown();
    }

    host.agent.expectNoMessage();
  }

  @Test
  void an_agent_is_cancelled_when_the_lease_lapses_unanswered() {
    host.start();
    host.performing(1);

    host.pass(LEASE);

    assertThat(host.agent.expectMessageClass(Cancel.class))
        .isEqualTo(new Cancel(TASK, "its session did not answer within the lease"));
  }

  @Test
  void an_agent_is_cancelled_when_the_session_says_that_its_attempt_is_over() {
    host.start();
    host.performing(1);
    host.pass(LEASE.dividedBy(3));

    var renew = host.request(new Renew());
    renew.replyTo().tell(new Session.AttemptOver(TASK, renew.fence(), "its time is up"));

    assertThat(host.agent.expectMessageClass(Cancel.class))
        .isEqualTo(new Cancel(TASK, "its time is up"));
  }

  @Test
  void an_agent_that_puts_its_task_down_is_free_again_and_what_it_wants_is_refused() {
    host.start();
    var perform = host.performing(1);
    host.cancel();
    host.agent.expectMessageClass(Cancel.class);

    var posted = perform.swarm().blackboard().post(draft("late"));
    var read = perform.swarm().blackboard().read(Section.FINDINGS);
    var remembered = perform.swarm().memory().remember("k", "v");
    var settled = perform.swarm().settle(DONE);

    for (CompletionStage<?> refused : List.of(posted, read, remembered, settled)) {
      assertThatThrownBy(() -> refused.toCompletableFuture().get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(AttemptOver.class);
    }
    host.claim();
    host.boards.expectNoMessage();
    host.sessions.expectNoMessage();
  }

  @Test
  void an_agent_that_does_not_listen_fails_its_host() {
    host.start();
    host.performing(1);
    host.cancel();
    host.agent.expectMessageClass(Cancel.class);

    host.pass(GRACE);

    host.expectStopped();
  }

  @Test
  void blocking_work_is_interrupted_when_it_is_cancelled() throws Exception {
    var interrupted = new CompletableFuture<Boolean>();
    var working = new CompletableFuture<Boolean>();
    host.start(
        Agent.blocking((_, _) -> {
          working.complete(true);
          try {
            new CompletableFuture<Void>().get();
            return new AttemptEnd.Settled(DONE);
          } catch (InterruptedException e) {
            interrupted.complete(true);
            throw e;
          }
        }));
    host.match();
    grant(host.begin(), 1);
    working.get(10, TimeUnit.SECONDS);

    host.cancel();

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    host.claim();
  }
}
