package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.GOAL;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.SESSION;
import static io.nanoswarm.session.Sample.WORKSPACE;
import static io.nanoswarm.session.Sample.active;
import static io.nanoswarm.session.Sample.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.SessionEvent.FollowUpAsked;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import io.nanoswarm.session.SessionState.Absent;
import io.nanoswarm.session.SessionState.Concluded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pause and a second try do to the time that a question has. */
class SessionTimeLimitTest {
  @Test
  void the_time_limit_of_a_paused_session_stands_still() {
    var limit = Duration.ofHours(1);
    var paused =
        active(
            new Absent().apply(new SessionOpened(NOW, SESSION, GOAL, WORKSPACE, limit, null)),
            new SessionPaused(NOW.plusSeconds(60)));
    var late = NOW.plusSeconds(60).plus(Duration.ofDays(2));

    assertThat(active(paused, new TasksRetried(late, List.of(), List.of())).question().timeLimit())
        .isEqualTo(limit);
    assertThat(active(paused, new SessionUnpaused(late)).question().timeLimit())
        .isEqualTo(limit.plus(Duration.ofDays(2)));
    // A clock that was set back takes nothing away.
    assertThat(active(paused, new SessionUnpaused(NOW)).question().timeLimit()).isEqualTo(limit);
    var over = (Concluded) paused.apply(new SessionConcluded(late, new Ending.Completed()));
    assertThat(over.last().question().timeLimit()).isEqualTo(limit.plus(Duration.ofDays(2)));
  }

  @Test
  void the_pause_of_a_further_question_leaves_the_limits_of_earlier_ones() {
    var limit = Duration.ofHours(1);
    var further = new FollowUpAsked(NOW, 2, new Goal("And where is it tested?"), WORKSPACE, limit);
    var session =
        active(
            opened().apply(new SessionConcluded(NOW, new Ending.Completed())),
            further,
            new SessionPaused(NOW),
            new SessionUnpaused(NOW.plusSeconds(10)));

    assertThat(session.opening().timeLimit()).isNull();
    assertThat(session.question().timeLimit()).isEqualTo(limit.plusSeconds(10));
  }

  @Test
  void a_time_limit_that_has_passed_begins_anew_with_what_is_tried_again() {
    var limit = Duration.ofHours(1);
    var opened = new Absent().apply(new SessionOpened(NOW, SESSION, GOAL, WORKSPACE, limit, null));
    var early = new TasksRetried(NOW.plusSeconds(60), List.of(), List.of());
    var late = new TasksRetried(NOW.plus(limit).plusSeconds(60), List.of(), List.of());

    assertThat(active(opened, early).opening().timeLimit()).isEqualTo(limit);
    assertThat(active(opened, late).opening().timeLimit())
        .isEqualTo(limit.plusSeconds(60).plus(limit));
  }
}
