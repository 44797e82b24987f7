package io.nanoswarm.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.FollowReply;
import io.nanoswarm.session.FollowReply.Here;
import io.nanoswarm.session.FollowReply.Mark;
import io.nanoswarm.session.FollowReply.Standing;
import io.nanoswarm.session.FollowReply.Step;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.Session.Follow;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskPages;
import io.nanoswarm.session.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionCopyTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final SessionId ID = new SessionId("copied");
  private static final SessionState OPENED =
      new SessionState.Absent()
          .apply(
              new SessionOpened(
                  NOW,
                  ID,
                  new Goal("goal"),
                  new Workspace("/", new ArtifactRef("0".repeat(64), 1), 1, 1),
                  null,
                  null));
  private static final SessionEvent PAUSED = new SessionPaused(NOW);
  private static final SessionEvent UNPAUSED = new SessionUnpaused(NOW);

  private static final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private static final ManualTime time = ManualTime.get(kit.system());

  private final TestProbe<Session.Command> session = kit.createTestProbe();
  private final TestProbe<SessionUpdate> owner = kit.createTestProbe();
  private Follow follow;

  @BeforeEach
  void aCopy() {
    kit.spawn(SessionCopy.create(session.ref()::tell, owner.ref()));
    follow = follow();
    assertThat(follow.seen()).isNull();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private Follow follow() {
    return session.expectMessageClass(Follow.class);
  }

  private void tell(FollowReply reply) {
    follow.follower().tell(reply);
  }

  private static Mark mark(int number) {
    return new Mark("first", number);
  }

  private static SessionSnapshot whole(SessionState state) {
    return new SessionSnapshot(ID, state, Map.of());
  }

  private static Standing standing(Mark mark, SessionState state) {
    return new Standing(mark, whole(state), List.of());
  }

  private static Step step(Mark mark, SessionEvent... events) {
    return new Step(mark, List.of(events), null, List.of());
  }

  @Test
  void its_owner_is_told_the_whole_session_with_each_change() {
    tell(standing(mark(3), OPENED));
    tell(step(mark(4), PAUSED));
    tell(step(mark(5), UNPAUSED));

    owner.expectMessage(new SessionUpdate(whole(OPENED), List.of(), null));
    owner.expectMessage(new SessionUpdate(whole(OPENED.apply(PAUSED)), List.of(PAUSED), null));
    owner.expectMessage(new SessionUpdate(whole(OPENED), List.of(UNPAUSED), null));
  }

  @Test
  void what_was_told_before_is_not_told_again() {
    tell(standing(mark(3), OPENED));
    tell(step(mark(3), PAUSED));
    tell(step(mark(4), PAUSED));

    owner.receiveMessage();
    owner.expectMessage(new SessionUpdate(whole(OPENED.apply(PAUSED)), List.of(PAUSED), null));
    session.expectNoMessage();
  }

  @Test
  void after_a_gap_it_asks_once_where_the_session_stands() {
    tell(standing(mark(3), OPENED));
    owner.receiveMessage();
    tell(step(mark(5), UNPAUSED));
    tell(step(mark(6), PAUSED));

    assertThat(follow().seen()).isNull();
    session.expectNoMessage();
    owner.expectNoMessage();
    tell(standing(mark(6), OPENED.apply(PAUSED)));
    owner.expectMessage(new SessionUpdate(whole(OPENED.apply(PAUSED)), List.of(), null));
  }

  @Test
  void what_comes_from_another_incarnation_is_a_gap() {
    tell(standing(mark(3), OPENED));
    tell(step(new Mark("second", 4), PAUSED));

    assertThat(follow().seen()).isNull();
  }

  @Test
  void a_last_message_that_was_lost_is_noticed_by_asking_now_and_then() {
    tell(standing(mark(3), OPENED));
    owner.receiveMessage();

    time.timePasses(Duration.ofSeconds(5));

    assertThat(follow().seen()).isEqualTo(mark(3));
    tell(new Here(mark(4)));
    assertThat(follow().seen()).isNull();
  }

  @Test
  void who_has_missed_nothing_does_not_read_it_again() {
    tell(standing(mark(3), OPENED));
    tell(step(mark(4), PAUSED));
    tell(new Here(mark(4)));

    session.expectNoMessage();
  }

  @Test
  void what_changes_while_the_pages_are_read_is_told_after_them() {
    TestProbe<TaskPages.Command> pages = kit.createTestProbe();
    tell(new Standing(mark(3), new SessionSnapshot(ID, OPENED, Map.of(), pages.ref()), List.of()));
    var page = pages.expectMessageClass(TaskPages.GetTasks.class);
    tell(step(mark(4), PAUSED));
    time.timePasses(Duration.ofSeconds(5));
    assertThat(follow().seen()).isEqualTo(mark(4));
    tell(new Here(mark(4)));
    owner.expectNoMessage();

    page.replyTo().tell(new TaskPages.Page(List.of(), 0));

    owner.expectMessage(new SessionUpdate(whole(OPENED), List.of(), null));
    owner.expectMessage(new SessionUpdate(whole(OPENED.apply(PAUSED)), List.of(PAUSED), null));
  }

  @Test
  void pages_that_do_not_come_are_asked_for_with_the_session_anew() {
    TestProbe<TaskPages.Command> pages = kit.createTestProbe();
    tell(new Standing(mark(3), new SessionSnapshot(ID, OPENED, Map.of(), pages.ref()), List.of()));
    pages.expectMessageClass(TaskPages.GetTasks.class);
    time.timePasses(Duration.ofSeconds(9));
    assertThat(follow().seen()).isEqualTo(mark(3));

    time.timePasses(Duration.ofSeconds(1));

    assertThat(List.of(follow(), follow())).extracting(Follow::seen).contains((Mark) null);
  }
}
