package io.nanoswarm.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * A {@link SwarmContext} for code that may block: every call returns when its effect is stored, or
 * throws.
 *
 * <p>Threads: any that may block, and no dispatcher's. Lifecycle: that of its attempt; afterwards
 * calls throw {@link AttemptOver}.
 */
public final class BlockingSwarm {
  private final SwarmContext context;

  public BlockingSwarm(SwarmContext context) {
    this.context = context;
  }

  /** The same attempt, for what has no blocking form here. */
  public SwarmContext context() {
    return context;
  }

  /** The agent's own name, the same over restarts. */
  public AgentName self() {
    return context.self();
  }

  /** Says in a few words what the agent does now. */
  public void progress(String doing) {
    context.progress(doing);
  }

  /** Posts Markdown at a path, replacing what stands there. */
  public Entry post(EntryPath path, String markdown) throws InterruptedException {
    return post(Draft.of(path, markdown));
  }

  /**
   * Posts Markdown at a path as {@code findings/where}, replacing what stands there.
   *
   * @throws IllegalArgumentException if there can be no such path
   */
  public Entry post(String path, String markdown) throws InterruptedException {
    return post(new EntryPath(path.endsWith(".md") ? path : path + ".md"), markdown);
  }

  /** Posts an entry, replacing what stands at its path. */
  public Entry post(Draft draft) throws InterruptedException {
    return await(context.blackboard().post(draft));
  }

  /** The entries of a section by path, without those of unfinished attempts. */
  public List<Entry> read(Section section) throws InterruptedException {
    return await(context.blackboard().read(section));
  }

  /** What this agent remembered, if it did. */
  public Optional<String> recall(String key) throws InterruptedException {
    return await(context.memory().recall(key));
  }

  public void remember(String key, String value) throws InterruptedException {
    var _ = await(context.memory().remember(key, value));
  }

  /** Publishes a message; on a durable channel it is stored then. */
  public void publish(Channel channel, String text) throws InterruptedException {
    var _ = await(context.bus().publish(channel, text));
  }

  /**
   * Calls one of the agent's skills, and waits for its result. A skill that fails is a result, no
   * exception.
   *
   * @param arguments a JSON object, as its schema says
   */
  public SkillResult call(String skill, JsonNode arguments) throws InterruptedException {
    return await(context.skills().call(new SkillName(skill), arguments));
  }

  /**
   * Waits for a stage of the context.
   *
   * @throws RuntimeException what the stage failed with
   */
  public static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
