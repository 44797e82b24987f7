package io.nanoswarm.agent;

import static io.nanoswarm.agent.AgentHostFixture.BEFORE;
import static io.nanoswarm.agent.AgentHostFixture.DONE;
import static io.nanoswarm.agent.AgentHostFixture.NAME;
import static io.nanoswarm.agent.AgentHostFixture.NEWS;
import static io.nanoswarm.agent.AgentHostFixture.NOW;
import static io.nanoswarm.agent.AgentHostFixture.RENEW_WATCH;
import static io.nanoswarm.agent.AgentHostFixture.SAY;
import static io.nanoswarm.agent.AgentHostFixture.SESSION;
import static io.nanoswarm.agent.AgentHostFixture.TASK;
import static io.nanoswarm.agent.AgentHostFixture.accept;
import static io.nanoswarm.agent.AgentHostFixture.draft;
import static io.nanoswarm.agent.AgentHostFixture.entry;
import static io.nanoswarm.agent.AgentHostFixture.fence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an agent sees of the swarm during an attempt, and tells it, besides its outcome. */
@ExtendWith(LogCapturingExtension.class)
class SwarmContextTest {
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
  void an_agent_posts_under_its_name_task_and_fence() throws Exception {
    host.start();
    var perform = host.performing(9);

    var posted = perform.swarm().blackboard().post(draft("a")).toCompletableFuture();
    var post = (Blackboard.Post) host.boards.receiveMessage().message();
    var entry = entry(1, "a", post.author());
    post.replyTo().tell(new Blackboard.Posted(entry));

    assertThat(post.author()).isEqualTo(new Author.Agent(NAME, TASK, fence(9)));
    assertThat(posted.get(10, TimeUnit.SECONDS)).isEqualTo(entry);
  }

  @Test
  void an_agent_sees_of_a_settled_task_what_the_settling_attempt_posted() throws Exception {
    host.start();
    var perform = host.performing(9);

    var read = perform.swarm().blackboard().read(Section.FINDINGS).toCompletableFuture();
    var question = (Blackboard.Read) host.boards.receiveMessage().message();
    var old = entry(1, "old", new Author.Agent(NAME, BEFORE, fence(1)));
    var settling = entry(2, "settling", new Author.Agent(NAME, BEFORE, fence(2)));
    var running = entry(3, "running", new Author.Agent(NAME, TaskId.of(SESSION, "x"), fence(3)));
    var swarm = entry(4, "swarm", new Author.Swarm());
    question.replyTo().tell(new Blackboard.Entries(List.of(old, settling), 4, settling.path()));
    var next = (Blackboard.Read) host.boards.receiveMessage().message();
    next.replyTo().tell(new Blackboard.Entries(List.of(running, swarm), 4, null));

    assertThat(read.get(10, TimeUnit.SECONDS)).containsExactly(settling, running, swarm);
    assertThat(next.after()).isEqualTo(settling.path());
  }

  @Test
  void a_watch_tells_every_change_once_in_order_over_gaps_and_renewals() {
    host.start();
    host.watch(host.performing(9), 3);
    var first = host.subscription();
    var board = kit.<Blackboard.Command>createTestProbe();
    var five = entry(5, "five", new Author.Swarm());
    var seven = entry(7, "seven", new Author.Swarm());

    first.subscriber().tell(new Blackboard.Subscribed(board.ref(), 7));
    first.subscriber().tell(new Blackboard.EntryChanged(five, 3));
    first.subscriber().tell(new Blackboard.EntryChanged(entry(9, "nine", new Author.Swarm()), 7));
    var afterGap = host.subscription();
    first.subscriber().tell(new Blackboard.Subscribed(board.ref(), 9));
    first.subscriber().tell(new Blackboard.EntryChanged(five, 3));
    first.subscriber().tell(new Blackboard.EntryChanged(seven, 5));
    assertThat(host.watched.receiveMessage()).isEqualTo(five);
    assertThat(host.watched.receiveMessage()).isEqualTo(seven);
    host.pass(RENEW_WATCH);

    assertThat(first.afterRevision()).isEqualTo(3);
    assertThat(afterGap.afterRevision()).isEqualTo(5);
    assertThat(host.subscription().afterRevision()).isEqualTo(7);
    board.stop();
    assertThat(host.subscription().afterRevision()).isEqualTo(7);
    host.watched.expectNoMessage();
  }

  @Test
  void a_watch_sees_its_sections_and_of_a_settled_task_what_the_settling_attempt_posted() {
    host.start();
    host.watch(host.performing(9), 0);
    var subscriber = host.subscription().subscriber();
    var old = entry(1, "old", new Author.Agent(NAME, BEFORE, fence(1)));
    var settling = entry(2, "settling", new Author.Agent(NAME, BEFORE, fence(2)));
    var elsewhere =
        new Entry(
            3,
            Draft.of(new EntryPath("final/a.md"), "a"),
            new Author.Agent(NAME, BEFORE, fence(2)),
            NOW,
            false);
    var swarm = entry(4, "swarm", new Author.Swarm());

    subscriber.tell(new Blackboard.EntryChanged(old, 0));
    subscriber.tell(new Blackboard.EntryChanged(settling, 1));
    subscriber.tell(new Blackboard.EntryChanged(elsewhere, 2));
    subscriber.tell(new Blackboard.EntryChanged(swarm, 3));

    assertThat(host.watched.receiveMessage()).isEqualTo(settling);
    assertThat(host.watched.receiveMessage()).isEqualTo(swarm);
  }

  @Test
  void a_watch_ends_with_its_attempt_and_one_that_is_run_afterwards_fails() throws Exception {
    host.start();
    var perform = host.performing(1);
    var ended = host.watch(perform, 0);
    var subscriber = host.subscription().subscriber();

    perform.swarm().settle(DONE);
    accept(host.request(new Settle(DONE)));

    ended.toCompletableFuture().get(10, TimeUnit.SECONDS);
    host.agent.expectTerminated(subscriber);
    assertThatThrownBy(() -> host.watch(perform, 0).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(AttemptOver.class);
  }

  @Test
  void what_a_channel_says_is_heard_by_the_agent() {
    host.start();
    host.performing(1).swarm().hear(NEWS, 7);
    var hearing = host.hearings.receiveMessage();
    var message = new BusMessage(NEWS, 8, "it rains");

    hearing.subscriber().tell(message);

    assertThat(hearing.channel()).isEqualTo(NEWS);
    assertThat(hearing.after()).isEqualTo(7);
    assertThat(host.agent.expectMessageClass(Agent.Heard.class).message()).isEqualTo(message);
  }

  @Test
  void hearing_a_channel_again_replaces_the_earlier_subscription() {
    host.start();
    var swarm = host.performing(1).swarm();

    swarm.hear(NEWS, 0);
    swarm.hear(NEWS, 5);

    // The bus keeps one subscription for each subscriber and channel.
    assertThat(host.hearings.receiveMessage().subscriber())
        .isEqualTo(host.hearings.receiveMessage().subscriber());
  }

  @Test
  void nothing_of_one_attempt_is_heard_in_the_next() {
    host.start();
    var swarm = host.performing(1).swarm();
    swarm.hear(NEWS, 0);
    var hearing = host.hearings.receiveMessage();
    swarm.settle(DONE);
    accept(host.request(new Settle(DONE)));
    host.performing(2);

    host.tell(new AgentHost.Told(new AttemptId(TASK, fence(1)), new BusMessage(NEWS, 1, "late")));
    swarm.hear(NEWS, 0);

    host.settleDown();
    host.agent.expectTerminated(hearing.subscriber());
    host.agent.expectNoMessage();
    host.hearings.expectNoMessage();
  }

  @Test
  void progress_is_throttled_to_the_latest_word() {
    host.start();
    var perform = host.performing(1);

    perform.swarm().progress("one");
    perform.swarm().progress("two");
    perform.swarm().progress("three");

    assertThat(host.news.receiveMessage()).contains("\"one\"");
    host.settleDown();
    host.news.expectNoMessage();
    host.pass(SAY);
    assertThat(host.news.receiveMessage()).contains("\"three\"");
  }

  @Test
  void a_word_about_one_attempt_is_not_said_of_the_next() {
    host.start();
    var perform = host.performing(1);
    perform.swarm().progress("one");
    perform.swarm().progress("two");
    perform.swarm().settle(DONE);
    accept(host.request(new Settle(DONE)));
    host.performing(2);

    host.pass(SAY);

    assertThat(host.news.receiveMessage()).contains("\"one\"");
    host.news.expectNoMessage();
  }

  @Test
  void the_time_left_is_that_until_the_deadline_and_never_negative() {
    host.start();
    var swarm = host.performing(1).swarm();

    assertThat(swarm.timeLeft()).isEqualTo(Duration.ofSeconds(600));
    host.now = NOW.plusSeconds(599);
    assertThat(swarm.timeLeft()).isEqualTo(Duration.ofSeconds(1));
    host.now = NOW.plusSeconds(601);
    assertThat(swarm.timeLeft()).isZero();
  }
}
