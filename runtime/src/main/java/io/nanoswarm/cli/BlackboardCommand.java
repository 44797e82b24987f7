package io.nanoswarm.cli;

import io.nanoswarm.api.EntryView;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.MarkdownText;
import io.nanoswarm.terminal.Span;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "blackboard",
    header = "Read what the agents of a session have found.",
    description = "Without PATH, lists the entries; with one, prints those at or below it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} blackboard 7f3",
      "  ${ROOT-COMMAND-NAME} blackboard 7f3 findings",
      "  ${ROOT-COMMAND-NAME} blackboard 7f3 final/answer.md",
    })
final class BlackboardCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      arity = "0..1",
      description = "As findings or final/answer.md.")
  private @Nullable String path;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  BlackboardCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (var link = common.linkFor(typed, around)) {
      var id = CommonOptions.find(typed, link).id();
      var entries = chosen(link.client().blackboard(id), id);
      var console = common.console(around);
      if (json) {
        JsonView.print(console.out().stream(), entries.toArray(EntryView[]::new));
      } else if (path == null) {
        list(entries, console);
      } else {
        entries.forEach(entry -> print(entry, entries.size() > 1, console));
      }
      return ExitCode.COMPLETED.code();
    }
  }

  private List<EntryView> chosen(List<EntryView> all, String id) {
    if (path == null) {
      return all;
    }
    var wanted = path.replaceAll("^/+|/+$", "");
    var chosen =
        all.stream()
            .filter(entry -> entry.path().equals(wanted) || entry.path().startsWith(wanted + "/"))
            .toList();
    if (chosen.isEmpty()) {
      var known = all.stream().map(EntryView::path).limit(8).collect(Collectors.joining(", "));
      throw UserError.usage(
          "nothing stands at '%s' on the blackboard of session %s".formatted(path, id),
          known.isEmpty() ? "it is empty so far" : "there is " + known);
    }
    return chosen;
  }

  private void list(List<EntryView> entries, Console console) {
    var out = console.out();
    var look = out.look();
    if (entries.isEmpty()) {
      console.err().print(look.line().text("nothing stands on the blackboard yet"));
      return;
    }
    var now = around.clock().instant();
    var table = new Table(look, "REV", "PATH", "AUTHOR", "POSTED", "TITLE");
    for (var entry : entries) {
      table.row(
          look.line().text(Tone.DIM, "" + entry.revision()),
          look.line().text(Tone.ACCENT, entry.path()),
          look.line().text(entry.author()),
          look.line().text(Tone.DIM, Span.words(entry.at(), now, now) + " ago"),
          look.line().text(entry.unfinished() ? Tone.WARN : Tone.PLAIN, title(entry)));
    }
    out.print(table.render(console.out().width()));
  }

  private static String title(EntryView entry) {
    var title =
        entry
            .content()
            .lines()
            .filter(line -> !line.isBlank())
            .findFirst()
            .map(line -> line.replaceFirst("^#+ *", ""))
            .orElse("");
    return entry.unfinished() ? "(unfinished) " + title : title;
  }

  private static void print(EntryView entry, boolean heading, Console console) {
    var out = console.out();
    var look = out.look();
    if (heading) {
      out.print(
          look.line().text(Tone.ACCENT, entry.path()).text(Tone.DIM, "  by " + entry.author()));
    }
    if (out.terminal()) {
      out.print(MarkdownText.render(entry.content(), look, console.out().width() - 1));
    } else {
      out.stream().print(entry.content().endsWith("\n") ? entry.content() : entry.content() + "\n");
    }
    for (var evidence : entry.evidence()) {
      out.print(look.line().text(Tone.DIM, "  " + evidence.place()));
    }
    if (heading) {
      out.print(look.line());
    }
  }
}
