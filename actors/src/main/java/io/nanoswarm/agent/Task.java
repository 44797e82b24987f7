package io.nanoswarm.agent;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.QuestionNames;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task, as an agent is given it.
 *
 * @param spec what was planned
 * @param goal what the user asked for
 * @param earlier what the session was asked before
 * @param workspace the folder the session works on
 * @param attempt counts the attempts at this task, from 1
 * @param deadline when this attempt is over, whatever the agent does
 * @param inputs how the tasks ended that this one was planned after, and its children, if it waited
 *     for any
 * @param checkpoint what an earlier attempt left when it suspended or handed the task off, if one
 *     did
 * @param reply what a person answered, if the task waited for one
 * @param handedOffBy the role that handed the task off, if that is how it came here
 */
public record Task(
    TaskSpec spec,
    Goal goal,
    Earlier earlier,
    Workspace workspace,
    int attempt,
    Instant deadline,
    List<Input> inputs,
    @Nullable String checkpoint,
    @Nullable String reply,
    @Nullable AgentRole handedOffBy)
    implements CborSerializable {
  /** The parameter that says where a task's result belongs, as {@code final/answer}. */
  public static final String RESULT = "result";

  /**
   * How another task ended.
   *
   * @param fence of the attempt that settled it: what it posted carries the same
   */
  public record Input(TaskId task, String title, @Nullable Fence fence, Outcome outcome) {}

  public Task {
    earlier = earlier == null ? Earlier.NONE : earlier;
    inputs = List.copyOf(inputs);
  }

  public TaskId id() {
    return spec.id();
  }

  /** Whether the task was suspended, and what it waited for has come. */
  public boolean woken() {
    return checkpoint != null && handedOffBy == null;
  }

  /** How many attempts may follow this one before the task is dead. */
  public int attemptsLeft() {
    return Math.max(0, spec.limits().maxAttempts() - attempt);
  }

  /**
   * Where what the task is about belongs on the blackboard: what its plan says in the parameter
   * {@value #RESULT}, else {@code findings/} and the task's name.
   */
  public EntryPath resultPath() {
    return parameter(RESULT)
        .map(path -> new EntryPath(path.endsWith(".md") ? path : path + ".md"))
        .orElseGet(() -> EntryPath.in(Section.FINDINGS, ResultName.of(id())));
  }

  /**
   * Whether an entry was posted for the question that is worked on, and not for an earlier one of
   * the session.
   */
  public boolean isOfThisQuestion(Entry entry) {
    return !(entry.author() instanceof Author.Agent author)
        || QuestionNames.isOf(earlier.question(), author.task());
  }

  /** The name that the planner gave a task of this question. */
  public String plannedName(TaskId task) {
    return QuestionNames.planned(earlier.question(), task);
  }

  /**
   * Where an entry of a name belongs, so that it replaces none of an earlier question: {@code
   * final/answer-2.md} for the second.
   */
  public EntryPath entryPath(Section section, String name) {
    return EntryPath.in(section, QuestionNames.numbered(earlier.question(), name));
  }

  /** A parameter that the planner set, if it did. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(spec.parameters().get(name));
  }
}
