package io.nanoswarm.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.nanoswarm.api.EntryView;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.MarkdownText;
import io.nanoswarm.terminal.PlaceLinks;
import io.nanoswarm.terminal.Span;
import io.nanoswarm.terminal.Tone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands at the end of a session: the answer, how it went, and where everything is. */
record Conclusion(
    SessionView session,
    @Nullable String answer,
    List<EntryView> entries,
    @Nullable AnswerFile file,
    Surroundings around,
    CommonOptions common) {

  /** The last line of {@code --json}. */
  record Result(
      @JsonProperty("event") String event,
      String session,
      String status,
      @Nullable String answer,
      @Nullable String reason,
      List<String> missing,
      String folder,
      int exit) {}

  /** Prints it as asked for and tells what the command ends with. */
  ExitCode print(Console console, OutputOptions output) {
    var code = ExitCode.ofStatus(session.status());
    var format = output.format();
    if (file != null && answer != null) {
      file.write(format == null ? answer : format.write(session, answer, entries));
    }
    if (output.json()) {
      JsonView.print(console.out().stream(), result(code));
      return code;
    }
    if (format != null && file == null) {
      console.out().stream().print(format.write(session, answer, entries));
      console.out().stream().flush();
    } else if (answer != null) {
      printAnswer(console, answer);
    }
    if (!output.quiet()) {
      printStanding(console.err());
    } else if (answer == null) {
      console.err().print(headline(console.err().look()));
    }
    return code;
  }

  private Result result(ExitCode code) {
    return new Result(
        "result",
        session.id(),
        session.status(),
        answer,
        session.reason(),
        session.missing(),
        session.folder(),
        code.code());
  }

  private void printAnswer(Console console, String answer) {
    var out = console.out();
    if (out.terminal()) {
      out.print(out.look().line());
      var lines = MarkdownText.render(answer, out.look(), out.width() - 1);
      if (out.look().color() && PlaceLinks.known(around.environment())) {
        out.print(lines, new PlaceLinks(Path.of(session.workspace())));
      } else {
        out.print(lines);
      }
    } else {
      out.stream().print(answer.endsWith("\n") ? answer : answer + "\n");
    }
    out.stream().flush();
  }

  private void printStanding(Console.Port err) {
    var look = err.look();
    if (answer != null && err.terminal()) {
      err.print(look.line());
    }
    err.print(headline(look));
    for (var missing : session.missing()) {
      err.print(look.line().space(2).text(Tone.WARN, "missing  ").text(missing));
    }
    if (file != null && answer != null) {
      err.print(look.line().space(2).text(Tone.DIM, "answer   ").text(file.path().toString()));
    }
    if (!common.isElsewhere(around)) {
      err.print(look.line().space(2).text(Tone.DIM, "folder   ").text(session.folder()));
    }
    err.print(
        look.line()
            .space(2)
            .text(Tone.DIM, "session  ")
            .text(session.id())
            .text(Tone.DIM, "   " + common.typed("show " + session.id(), around)));
  }

  private Line headline(Look look) {
    var ended = session.endedAt() == null ? around.clock().instant() : session.endedAt();
    var took = Span.words(Duration.between(session.openedAt(), ended));
    long completed =
        session.tasks().stream().filter(task -> task.state().equals("completed")).count();
    var line = look.line();
    switch (ExitCode.ofStatus(session.status())) {
      case COMPLETED -> line.glyph(Tone.GOOD, Glyph.DONE).space(1).text(Tone.STRONG, "completed");
      case PARTIAL -> line.glyph(Tone.WARN, Glyph.WARNING).space(1).text(Tone.STRONG, "partial");
      default ->
          line.glyph(Tone.BAD, Glyph.FAILED)
              .space(1)
              .text(Tone.STRONG, session.status().replace('-', ' '));
    }
    line.text(Tone.DIM, " after " + took);
    if (!session.tasks().isEmpty()) {
      line.text(Tone.DIM, ", %d of %d tasks done".formatted(completed, session.tasks().size()));
    }
    return session.reason() == null ? line : line.text(": " + session.reason());
  }
}
