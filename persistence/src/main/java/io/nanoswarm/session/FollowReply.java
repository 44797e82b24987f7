package io.nanoswarm.session;

import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a follower of a session is told, on whatever node it is. A hint, as {@link SessionUpdate}
 * is: the journal is the truth.
 *
 * <p>Guarantees: each has another {@link Mark}; who has missed none of them, and applies what it is
 * told, has the session as it is stored. None is larger than a message between nodes may be.
 */
public sealed interface FollowReply extends CborSerializable {

  /** Of what it is told last. */
  Mark mark();

  /**
   * Numbers what is told.
   *
   * @param incarnation of the session in memory: numbers of another one say nothing
   * @param number grows by one
   */
  record Mark(String incarnation, long number) {
    /** Whether nothing was told between the other and this one. */
    public boolean follows(Mark other) {
      return incarnation.equals(other.incarnation) && number == other.number + 1;
    }

    /** Whether this was told before the other, or is the same. */
    public boolean isUpTo(Mark other) {
      return incarnation.equals(other.incarnation) && number <= other.number;
    }
  }

  /**
   * Where the session stands.
   *
   * @param now its first page, if it does not fit into a message: see {@link TaskPages#whole}
   * @param stored what has just led to that, without what {@code now} has of it, the tasks of a
   *     plan and the names of those that are done again; empty if the follower has asked
   */
  record Standing(Mark mark, SessionSnapshot now, List<SessionEvent> stored)
      implements FollowReply {
    public Standing {
      stored = List.copyOf(stored);
    }
  }

  /**
   * How far the session has come, for who asks again: told after all that was told before. Who has
   * heard another mark last has missed something.
   */
  record Here(Mark mark) implements FollowReply {}

  /**
   * What has changed.
   *
   * @param stored the events that {@link SessionState#apply} goes on with, in their order
   * @param began the attempt that has just begun, if that is what happened
   * @param running all attempts that run now
   */
  record Step(Mark mark, List<SessionEvent> stored, @Nullable Running began, List<Running> running)
      implements FollowReply {
    public Step {
      stored = List.copyOf(stored);
      running = List.copyOf(running);
    }
  }
}
