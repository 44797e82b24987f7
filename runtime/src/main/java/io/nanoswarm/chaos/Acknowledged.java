package io.nanoswarm.chaos;

import io.nanoswarm.session.Fence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that somebody outside of the node was told is so. It has to be in the journal. */
public sealed interface Acknowledged {
  /** When it was told, or stored: not after the faults that could lose it. */
  Instant at();

  String session();

  /** A session was opened. */
  record Opened(Instant at, String session) implements Acknowledged {}

  /**
   * A task has had its outcome.
   *
   * @param state as the endpoint says it
   */
  record Ended(Instant at, String session, String task, String state) implements Acknowledged {}

  /** An entry stands on the blackboard. */
  record Posted(Instant at, String session, String path, long revision) implements Acknowledged {}

  /** A question was answered, by the client. */
  record Answered(Instant at, String session, String task, String text) implements Acknowledged {}

  /** A session has ended, with an answer or without. */
  record Concluded(Instant at, String session, String status, @Nullable String answer)
      implements Acknowledged {}

  /** An agent was told that its task is settled. */
  record Settled(Instant at, String session, String task, Fence fence) implements Acknowledged {}
}
