package io.nanoswarm.testkit;

import io.nanoswarm.agent.Task;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as a test wants it, for {@link ScriptedSwarm}: the first attempt at it, of the role {@code
 * agent}, with no deadline, unless the test says otherwise. Mutable.
 */
public final class ScriptedTask {
  private static final SessionId SESSION = new SessionId("test");

  private final List<Task.Input> inputs = new ArrayList<>();
  private TaskSpec spec;
  private Goal goal;
  private String folder = "/";
  private int attempt = 1;
  private @Nullable String checkpoint;
  private @Nullable String reply;
  private @Nullable AgentRole handedOffBy;

  private ScriptedTask(TaskSpec spec, Goal goal) {
    this.spec = spec;
    this.goal = goal;
  }

  /** A task of this name, whose goal and title are its name. */
  public static ScriptedTask named(String name) {
    var id = TaskId.of(SESSION, name);
    return new ScriptedTask(TaskSpec.of(id, new AgentRole("agent"), name), new Goal(name));
  }

  public ScriptedTask withRole(String role) {
    spec = spec.withRole(new AgentRole(role));
    return this;
  }

  public ScriptedTask withGoal(String text) {
    goal = new Goal(text);
    return this;
  }

  /** Works on this folder, of which no manifest is made. */
  public ScriptedTask withWorkspace(Path root) {
    folder = root.toString();
    return this;
  }

  public ScriptedTask withInstructions(String text) {
    spec = spec.withInstructions(text);
    return this;
  }

  public ScriptedTask withParameter(String name, String value) {
    spec = spec.withParameter(name, value);
    return this;
  }

  /** Its result belongs at this path, as {@code final/answer}. */
  public ScriptedTask withResult(String path) {
    return withParameter(Task.RESULT, path);
  }

  /** Another task, which ended so before this one began, or woke. */
  public ScriptedTask withInput(String name, Outcome outcome) {
    inputs.add(new Task.Input(TaskId.of(SESSION, name), name, null, outcome));
    return this;
  }

  /** So many attempts, this one included, have been made at it. */
  public ScriptedTask withAttempt(int number) {
    attempt = number;
    return this;
  }

  /** It was suspended with this checkpoint, and what it waited for has come. */
  public ScriptedTask woken(String with) {
    checkpoint = with;
    return this;
  }

  /** It was suspended with this checkpoint and a question, which a person has answered. */
  public ScriptedTask answered(String with, String answer) {
    reply = answer;
    return woken(with);
  }

  /** Another role has handed it off, with this context. */
  public ScriptedTask handedOff(String byRole, String context) {
    checkpoint = context;
    handedOffBy = new AgentRole(byRole);
    return this;
  }

  /** The first agent of its role. */
  public AgentName agent() {
    return new AgentName(spec.role().value() + "-1");
  }

  /** What an agent is given. */
  public Task task() {
    var workspace = new Workspace(folder, new ArtifactRef("0".repeat(64), 0), 0, 0);
    return new Task(
        spec,
        goal,
        Earlier.NONE,
        workspace,
        attempt,
        Instant.MAX,
        inputs,
        checkpoint,
        reply,
        handedOffBy);
  }
}
