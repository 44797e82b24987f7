package io.nanoswarm.samples.nanobot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.skill.SkillResult;
import java.util.regex.Pattern;

/**
 * Reads a skill with {@code read_skill}, does its exercise with {@code exec}, and posts how that
 * went. Stands where a model would: it decides nothing but what to put in for the placeholders.
 */
public final class OperatorAgent implements Agent.Blocking {
  /** The task's parameter that names the skill. */
  static final String SKILL = "skill";

  static final String EXECUTED = "executed: ";
  static final String NOT_EXECUTED = "not executed: ";

  private static final int SECONDS = 300;

  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    String skill = task.parameter(SKILL).orElseThrow();
    String outcome;
    try {
      outcome = exercise(skill, task.workspace().root(), swarm);
    } catch (NotDone e) {
      outcome = NOT_EXECUTED + e.getMessage();
    }
    swarm.post(task.resultPath(), outcome);
    return AttemptEnd.completed(outcome.lines().findFirst().orElse(""));
  }

  private static String exercise(String skill, String workspace, BlockingSwarm swarm)
      throws InterruptedException, NotDone {
    var none = JsonNodeFactory.instance.objectNode();
    String folder = folder(skill, call(swarm, "read_skill", none));
    String text = call(swarm, "read_skill", none.deepCopy().put("name", skill));
    return switch (Exercise.of(skill)) {
      case Exercise.NoCommands(var why) -> throw new NotDone(why);
      case Exercise.Commands(var steps) -> {
        for (var step : steps) {
          run(step, text, folder, workspace, swarm);
        }
        yield EXECUTED + (steps.size() == 1 ? "1 command" : steps.size() + " commands");
      }
    };
  }

  private static void run(
      Exercise.Step step, String text, String folder, String workspace, BlockingSwarm swarm)
      throws InterruptedException, NotDone {
    if (!text.contains(step.quoted().strip())) {
      throw new NotDone("its text no longer says `%s`".formatted(step.quoted().strip()));
    }
    var arguments =
        JsonNodeFactory.instance
            .objectNode()
            .put(
                "command",
                step.command().replace("{baseDir}", folder).replace("{workspace}", workspace))
            .put("timeout", SECONDS);
    if (step.inFolder()) {
      arguments.put("working_dir", folder);
    }
    swarm.progress("runs " + step.quoted().lines().findFirst().orElse(""));
    String output = call(swarm, "exec", arguments);
    if (!output.contains(step.expected()) || !output.stripTrailing().endsWith("Exit code: 0")) {
      throw new NotDone(
          "`%s` answered: %s"
              .formatted(
                  step.command().lines().findFirst().orElse(""),
                  output.replaceAll("\\s+", " ").strip()));
    }
  }

  /** As the list of all skills tells it. */
  private static String folder(String skill, String list) throws NotDone {
    var line =
        Pattern.compile("(?m)^- \\*\\*%s\\*\\* .*`(.*)`$".formatted(Pattern.quote(skill)))
            .matcher(list);
    if (!line.find()) {
      throw new NotDone("it is not listed");
    }
    return line.group(1);
  }

  private static String call(BlockingSwarm swarm, String skill, ObjectNode arguments)
      throws InterruptedException, NotDone {
    return switch (swarm.call(skill, arguments)) {
      case SkillResult.Succeeded done -> done.text();
      case SkillResult.Failed(_, var reason) -> throw new NotDone(reason);
    };
  }

  /** The exercise could not be done; the message says why. */
  private static final class NotDone extends Exception {
    NotDone(String message) {
      super(message);
    }
  }
}
