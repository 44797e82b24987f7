package io.nanoswarm.agent;

import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.skill.Skills;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * All that an agent sees of the swarm, during one attempt.
 *
 * <p>Threads: every method may be called from any thread; stages complete on a dispatcher thread,
 * and code attached to them must not block. Lifecycle: valid from {@link Agent.Perform} until the
 * attempt is over; afterwards stages fail with {@link AttemptOver}. A stage whose request was not
 * answered in time fails with a {@link java.util.concurrent.TimeoutException}; what was asked may
 * have happened all the same, and may be asked again.
 */
public interface SwarmContext {

  /** The agent's own name, the same over restarts. */
  AgentName self();

  /** The session's blackboard. */
  Board blackboard();

  /** Keeps what this agent alone sees, for the length of the session. */
  Memory memory();

  /** Talks to whoever listens. */
  MessageBus bus();

  /** Content too large for an entry. */
  ArtifactStore artifacts();

  /**
   * A folder on this machine for what can be made again at any time, as an index; shared by agents
   * and sessions, emptied by nobody while the node runs.
   */
  Path cache();

  /** Says in a few words what the agent does now. At most once, shown to people, never stored. */
  void progress(String doing);

  /**
   * The span of what the agent does in this attempt, as the header {@code traceparent} of the W3C:
   * for its own calls of other services. Empty if the session is not traced.
   */
  default Optional<String> traceparent() {
    return Optional.empty();
  }

  /** The skills that the agent's spec names, and no others. */
  Skills skills();

  /**
   * Lets the agent hear a channel as {@link Agent.Heard}, until the attempt is over: of one attempt
   * nothing is heard in the next. Saying it again replaces the earlier subscription to the channel.
   *
   * @param afterOffset 0 for all that a durable channel keeps; without meaning on others
   */
  void hear(Channel channel, long afterOffset);

  /** How long the attempt may go on; zero when its deadline has passed. */
  Duration timeLeft();

  /**
   * Ends the attempt. The stage completes when how it ended is stored; it fails with {@link
   * AttemptOver} if the attempt was over before, and with an {@link IllegalArgumentException} if it
   * cannot be ended in this way: then it goes on. Ending twice in the same way is ending once.
   */
  CompletionStage<Void> end(AttemptEnd how);

  /** Ends the attempt with an outcome. */
  default CompletionStage<Void> settle(Outcome outcome) {
    return end(new AttemptEnd.Settled(outcome));
  }

  /** Ends the attempt without counting it. */
  default CompletionStage<Void> release(String reason) {
    return end(new AttemptEnd.Released(reason));
  }

  /** Ends the attempt until all children have ended. */
  default CompletionStage<Void> delegate(List<TaskSpec> children, String checkpoint) {
    return end(new AttemptEnd.Delegated(children, checkpoint));
  }

  /** Ends the attempt until a person has answered. */
  default CompletionStage<Void> askHuman(String question, String checkpoint) {
    return end(new AttemptEnd.AskedHuman(question, checkpoint));
  }

  /** Ends the attempt until a moment has passed. */
  default CompletionStage<Void> sleepUntil(Instant moment, String checkpoint) {
    return end(new AttemptEnd.Slept(moment, checkpoint));
  }

  /** Ends the attempt; the same task is done by another role. */
  default CompletionStage<Void> handOff(AgentRole role, String context) {
    return end(new AttemptEnd.HandedOff(role, context));
  }

  /** The session's blackboard, through the eyes of one attempt. */
  interface Board {
    /**
     * Posts an entry, replacing what stands at its path. The stage completes with the entry when it
     * is stored.
     *
     * <p>Posting the same draft to the same path twice in one attempt is posting it once.
     */
    CompletionStage<Entry> post(Draft draft);

    /**
     * Posts an entry if the revision at its path is still the expected one; 0 expects that nothing
     * stands there. Otherwise the stage fails with {@link
     * io.nanoswarm.blackboard.RevisionConflict}.
     */
    CompletionStage<Entry> post(Draft draft, long expectedRevision);

    /**
     * The entries of a section by path, without those of unfinished attempts. Of a task among this
     * task's inputs just the entries of the attempt that settled it are seen.
     */
    CompletionStage<List<Entry>> read(Section section);

    /**
     * Follows sections, as a stream that ends with the attempt; one that is run afterwards fails
     * with {@link AttemptOver}.
     *
     * <p>Guarantees: every entry is told that was posted or marked as unfinished after the
     * revision, in the order of revisions, each as it is when it is told; messages that get lost
     * delay it, and nothing is told twice. Of a task among this task's inputs just the entries of
     * the attempt that settled it are seen. Not promised: what was replaced before it was told. A
     * reader that falls behind by more than 4096 entries sees its stream fail, and may begin anew
     * after the last revision it has seen.
     *
     * @param afterRevision 0 for all that stands there
     */
    Source<Entry, NotUsed> watch(Set<Section> sections, long afterRevision);
  }

  /** A private store of small values. Each call's stage completes when its effect is stored. */
  interface Memory {
    CompletionStage<Optional<String>> recall(String key);

    CompletionStage<Void> remember(String key, String value);

    CompletionStage<Void> forget(String key);
  }
}
