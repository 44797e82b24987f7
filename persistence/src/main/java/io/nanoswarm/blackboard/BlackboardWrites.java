package io.nanoswarm.blackboard;

import io.nanoswarm.blackboard.Blackboard.AttemptSuperseded;
import io.nanoswarm.blackboard.Blackboard.Conflict;
import io.nanoswarm.blackboard.Blackboard.EndAttempt;
import io.nanoswarm.blackboard.Blackboard.Full;
import io.nanoswarm.blackboard.Blackboard.Measure;
import io.nanoswarm.blackboard.Blackboard.Post;
import io.nanoswarm.blackboard.Blackboard.PostReply;
import io.nanoswarm.blackboard.Blackboard.Posted;
import io.nanoswarm.blackboard.Blackboard.Write;
import io.nanoswarm.blackboard.BlackboardEvent.AttemptEnded;
import io.nanoswarm.blackboard.BlackboardEvent.AttemptSettled;
import io.nanoswarm.blackboard.BlackboardEvent.EntryPosted;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Decides about changes of a blackboard, one after the other, as one write: each sees what those
 * before it will have led to. Whoever made it stores {@link #events}, and answers then.
 */
final class BlackboardWrites {
  private final Map<TaskId, Fence> settledAtOnce;
  private final BlackboardSettings settings;
  private final Instant now;
  private BlackboardState state;
  private final List<BlackboardEvent> events = new ArrayList<>();
  private final List<BlackboardState> states = new ArrayList<>();
  private final List<Runnable> answers = new ArrayList<>();

  private BlackboardWrites(
      BlackboardState state,
      Map<TaskId, Fence> settledAtOnce,
      BlackboardSettings settings,
      Instant now) {
    this.state = state;
    this.settledAtOnce = settledAtOnce;
    this.settings = settings;
    this.now = now;
  }

  /**
   * @param settledAtOnce what ended without being stored, by task; what ends so now is added
   */
  static BlackboardWrites of(
      BlackboardState state,
      Map<TaskId, Fence> settledAtOnce,
      BlackboardSettings settings,
      List<Write> commands,
      Instant now) {
    var writes = new BlackboardWrites(state, settledAtOnce, settings, now);
    for (Write command : commands) {
      switch (command) {
        case Post post -> writes.answers.add(writes.post(post));
        case EndAttempt end -> writes.answers.add(writes.end(end));
      }
    }
    return writes;
  }

  /** To be stored as one; empty if nothing changes. */
  List<BlackboardEvent> events() {
    return events;
  }

  /** How the blackboard stands after each of the events. */
  List<BlackboardState> states() {
    return states;
  }

  /** Tells those who sent the commands, in their order. */
  void answer() {
    answers.forEach(Runnable::run);
  }

  private Runnable post(Post post) {
    PostReply reply = replyTo(post);
    return () -> post.replyTo().tell(reply);
  }

  private PostReply replyTo(Post post) {
    var current = refusal(post.author());
    if (current != null && post.author() instanceof Author.Agent(_, var task, var fence)) {
      return new AttemptSuperseded(task, fence, current);
    }
    var standing = state.at(post.draft().path());
    if (standing != null
        && standing.draft().equals(post.draft())
        && standing.author().equals(post.author())) {
      return new Posted(standing);
    }
    var refusal = refusal(post, standing);
    if (refusal != null) {
      return refusal;
    }
    var event = posted(post);
    decided(event);
    return new Posted(event.entry());
  }

  private @Nullable Fence refusal(Author author) {
    var current = state.refusal(author);
    if (current != null || !(author instanceof Author.Agent(_, var task, var fence))) {
      return current;
    }
    var settled = settledAtOnce.get(task);
    return settled == null || settled.isOlderThan(fence) ? null : settled;
  }

  private @Nullable PostReply refusal(Post post, @Nullable Entry standing) {
    long actual = standing == null ? 0 : standing.revision();
    if (post.expected() instanceof Expectation.Revision(var number) && number != actual) {
      return new Conflict(post.draft().path(), number, actual);
    }
    if (standing == null && state.entries().size() >= settings.maxEntries()) {
      return new Full(Measure.ENTRIES, settings.maxEntries());
    }
    long freed = standing == null ? 0 : standing.draft().bytes();
    if (state.bytes() - freed + post.draft().bytes() > settings.maxBytes()) {
      return new Full(Measure.BYTES, settings.maxBytes());
    }
    return null;
  }

  private EntryPosted posted(Post post) {
    var older = new ArrayList<EntryPath>();
    if (post.author() instanceof Author.Agent(_, var task, var fence)) {
      older.addAll(state.unmarked(task, other -> other.isOlderThan(fence)));
      older.remove(post.draft().path());
    }
    long revision = state.revision() + older.size() + 1;
    return new EntryPosted(new Entry(revision, post.draft(), post.author(), now, false), older);
  }

  private Runnable end(EndAttempt end) {
    if (!isKnown(end)) {
      var latest = state.attempts().get(end.task());
      if (end.settled() && end.only() && (latest == null || latest.fence().equals(end.fence()))) {
        settledAtOnce.put(end.task(), end.fence());
      } else {
        decided(ended(end));
      }
    }
    return () -> end.replyTo().tell(Done.getInstance());
  }

  private boolean isKnown(EndAttempt end) {
    var latest = state.attempts().get(end.task());
    if (latest == null) {
      return false;
    }
    if (end.fence().isOlderThan(latest.fence())) {
      return true;
    }
    return end.settled()
        ? latest instanceof BlackboardState.Settled && !latest.admits(end.fence())
        : !latest.admits(end.fence());
  }

  private BlackboardEvent ended(EndAttempt end) {
    if (end.settled()) {
      var others = state.unmarked(end.task(), fence -> !fence.equals(end.fence()));
      return new AttemptSettled(end.task(), end.fence(), others);
    }
    var own = state.unmarked(end.task(), fence -> !end.fence().isOlderThan(fence));
    return new AttemptEnded(end.task(), end.fence(), own);
  }

  private void decided(BlackboardEvent event) {
    state = state.apply(event);
    events.add(event);
    states.add(state);
  }
}
