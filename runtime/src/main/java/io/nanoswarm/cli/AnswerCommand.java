package io.nanoswarm.cli;

import io.nanoswarm.api.SessionView;
import io.nanoswarm.api.SessionView.QuestionView;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "answer",
    header = "Answer what a session asks you.",
    description = {
      "A task that asks waits without holding an agent, for as long as it takes. What it asks is"
          + " shown by `show`, and while a session runs.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} answer 7f3a \"Take the second draft\"",
      "  ${ROOT-COMMAND-NAME} answer 7f3a review \"Approved\"",
    })
final class AnswerCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "[TASK] TEXT",
      description = "The answer, in quotes; before it the task that asks, if several do.")
  private List<String> words = List.of();

  @Mixin private final CommonOptions common = new CommonOptions();

  AnswerCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (words.size() > 2) {
      throw UserError.usage(
          "answer of %d words".formatted(words.size()), "put the answer in quotes");
    }
    var task = words.size() == 2 ? words.getFirst() : null;
    try (var link = common.linkFor(typed, around)) {
      var session = link.client().session(CommonOptions.find(typed, link).id());
      var question = question(session, task);
      link.client().answer(session.id(), question, words.getLast());
      String what = "answered %s of session %s".formatted(question.task(), session.id());
      common.console(around).err().done(what + howItGoesOn(session));
      return ExitCode.COMPLETED.code();
    }
  }

  private String howItGoesOn(SessionView session) {
    if (session.pausedAt() != null) {
      return "; it is paused, let it go on with: "
          + common.typed("unpause " + session.id(), around);
    }
    return session.status().equals("paused")
        ? "; it is paused, continue with: " + common.typed("resume " + session.id(), around)
        : "";
  }

  private static QuestionView question(SessionView session, @Nullable String task) {
    var asked =
        session.questions().stream()
            .filter(question -> task == null || question.task().equals(task))
            .toList();
    if (asked.size() == 1) {
      return asked.getFirst();
    }
    if (session.questions().isEmpty()) {
      throw UserError.usage(
          "session %s asks nothing".formatted(session.id()),
          "look at it with `swarm show %s`".formatted(session.id()));
    }
    var names =
        session.questions().stream()
            .map(question -> "  %s  %s".formatted(question.task(), question.question()))
            .collect(Collectors.joining("\n"));
    throw asked.isEmpty()
        ? UserError.usage("task '%s' asks nothing".formatted(task), "these do:\n" + names)
        : UserError.usage(
            "session %s asks %d questions".formatted(session.id(), asked.size()),
            "say which one, as in `swarm answer %s %s \"…\"`:\n%s"
                .formatted(session.id(), asked.getFirst().task(), names));
  }
}
