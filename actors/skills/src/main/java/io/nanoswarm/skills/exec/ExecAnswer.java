package io.nanoswarm.skills.exec;

import java.util.ArrayList;
import java.util.Locale;

/** What a command wrote, in the form of nanobot's tool. */
final class ExecAnswer {
  private ExecAnswer() {}

  static String of(CommandRun.End.Exited end, int characters) {
    var parts = new ArrayList<String>();
    String output = end.output().kept();
    String errors = end.errors().kept();
    if (!output.isEmpty()) {
      parts.add(output);
    }
    if (!errors.isBlank()) {
      parts.add("STDERR:\n" + errors);
    }
    parts.add("\nExit code: " + end.code());
    String answer = String.join("\n", parts);
    if (answer.length() <= characters) {
      return answer;
    }
    int half = characters / 2;
    return answer.substring(0, half)
        + String.format(
            Locale.ROOT,
            "\n\n... (%,d chars truncated) ...\n\n",
            answer.length() - characters + end.output().leftOut() + end.errors().leftOut())
        + answer.substring(answer.length() - half);
  }
}
