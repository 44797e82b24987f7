package io.nanoswarm.samples.s08skills;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.skill.SkillResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an offer of a wish: asks for prices, adds the tax, and writes a letter, each by a skill.
 */
public final class SellerAgent implements Agent.Blocking {
  private static final Pattern WISH = Pattern.compile("(?<many>\\d{1,4}) (?<thing>[a-z]+?)s?\\b");

  private static final Pattern COMMAND = Pattern.compile("(?m)^(sh \\S+/letter\\.sh) ITEMS CENTS$");

  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    try {
      int net = 0;
      Matcher wish = WISH.matcher(task.goal().text());
      while (wish.find()) {
        var order =
            arguments()
                .put("thing", wish.group("thing"))
                .put("many", Integer.parseInt(wish.group("many")));
        net += Integer.parseInt(use(swarm, "prices", order));
      }
      String gross = use(swarm, "tax", arguments().put("net", net));
      swarm.post(task.resultPath(), letter(task.goal().text(), gross, swarm));
      return AttemptEnd.completed("made an offer of %s cents".formatted(gross));
    } catch (Unable e) {
      return AttemptEnd.impossible(String.valueOf(e.getMessage()));
    }
  }

  /** Reads how letters are written, and does what it says. */
  private static String letter(String items, String cents, BlockingSwarm swarm)
      throws InterruptedException, Unable {
    Matcher command = COMMAND.matcher(use(swarm, "offer-letter", arguments()));
    if (!command.find()) {
      throw new Unable("offer-letter names no command");
    }
    String line = "%s '%s' %s".formatted(command.group(1), items.replace("'", ""), cents);
    String output = use(swarm, "exec", arguments().put("command", line));
    return output.replaceFirst("\\s*Exit code: 0\\s*$", "");
  }

  private static ObjectNode arguments() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String use(BlockingSwarm swarm, String skill, ObjectNode arguments)
      throws InterruptedException, Unable {
    return switch (swarm.call(skill, arguments)) {
      case SkillResult.Succeeded done -> done.text();
      case SkillResult.Failed(_, var reason) -> throw new Unable(skill + ": " + reason);
    };
  }

  /** A skill failed; the message says which, and why. */
  private static final class Unable extends Exception {
    Unable(String message) {
      super(message);
    }
  }
}
