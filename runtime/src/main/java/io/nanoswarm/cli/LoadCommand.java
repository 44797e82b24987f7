package io.nanoswarm.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.UserError;
import io.nanoswarm.load.LoadRequest;
import io.nanoswarm.load.LoadTest;
import io.nanoswarm.load.report.LoadPage;
import io.nanoswarm.load.report.LoadReport;
import io.nanoswarm.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "load",
    header = "Measure what this machine's swarms can do.",
    description = {
      "Runs a control node of its own on a temporary folder, with real workers, puts load on it,"
          + " and says how many tasks a second it does, how long they take, where the time goes,"
          + " what the journal alone would do, and what more agents gain. Your sessions are not"
          + " touched. Other programs that run meanwhile show in the figures.",
      "",
      "Without --rate there are always tasks to take: throughput is what the swarm can do. With"
          + " --rate tasks arrive by a schedule, and latency counts from when they should have"
          + " arrived.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} load --agents 1,2,4,8 --html load.html",
      "  ${ROOT-COMMAND-NAME} load --agents 4 --work wait:200ms --rate 15 --duration 30s",
      "  ${ROOT-COMMAND-NAME} load --agents 2,4 --isolation shared --sessions each --json"
          + " load.json",
    })
final class LoadCommand implements Callable<Integer> {
  private final Surroundings around;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final LoadOptions options = new LoadOptions();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report as a page with plots; one file that needs no other.")
  private @Nullable Path html;

  @Mixin private final CommonOptions common = new CommonOptions();

  LoadCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    LoadRequest request = options.request();
    common.refuseConfig(around);
    checkFile("--json", json);
    checkFile("--html", html);
    LoadTest.check(request);
    common.needOwnJournal(
        "a load test fills the journal of a folder of its own",
        "unset NANOSWARM_JOURNAL and NANOSWARM_POSTGRESQL_URL for it",
        around);
    Console console = common.console(around);
    var test =
        new LoadTest(
            request,
            around.version(),
            typed(),
            Path.of(System.getProperty("java.io.tmpdir")),
            around.clock(),
            text -> tell(console, text));
    try (var interrupts = Interrupts.install(Thread.currentThread(), test::abandon)) {
      try {
        LoadReport report = test.run();
        write(report, console);
        return ExitCode.COMPLETED.code();
      } catch (InterruptedException | Interrupted _) {
        tell(console, "interrupted: nothing is told of what was measured so far");
        return interrupts.exitCode().code();
      }
    }
  }

  private String typed() {
    var line = spec.commandLine().getParseResult().originalArgs();
    return "swarm load " + String.join(" ", line.stream().skip(1).toList());
  }

  private void checkFile(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path path = around.resolve(file);
    Path folder = path.getParent();
    if (Files.isDirectory(path)) {
      throw UserError.usage("%s %s is a folder".formatted(option, path), "name a file in it");
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw UserError.usage(
          "%s %s: folder %s does not exist or cannot be written to".formatted(option, path, folder),
          "create it, or choose another file");
    }
  }

  private void write(LoadReport report, Console console) throws IOException {
    var files = new ArrayList<Path>();
    if (json != null) {
      Path file = around.resolve(json);
      var mapper = ApiJson.mapper().writer().with(SerializationFeature.INDENT_OUTPUT);
      var _ = Files.writeString(file, mapper.writeValueAsString(report) + "\n");
      files.add(file);
    }
    if (html != null) {
      Path file = around.resolve(html);
      var _ = Files.writeString(file, LoadPage.of(report));
      files.add(file);
    }
    new LoadSummary(console.out()).print(report);
    files.forEach(file -> tell(console, "written: " + file));
  }

  private static void tell(Console console, String text) {
    console.err().info(text);
  }
}
