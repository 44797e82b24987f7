package io.nanoswarm.cli;

import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.chaos.ChaosFolder;
import io.nanoswarm.chaos.ChaosReport;
import io.nanoswarm.chaos.ChaosRun;
import io.nanoswarm.chaos.ChaosSettings;
import io.nanoswarm.chaos.ClusterRun;
import io.nanoswarm.chaos.ExerciseLoad;
import io.nanoswarm.chaos.FaultyRun;
import io.nanoswarm.chaos.GivenLoad;
import io.nanoswarm.chaos.Load;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import io.nanoswarm.definition.SwarmDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "chaos",
    header = "Kill and pause processes while sessions run, and see whether anything is lost.",
    description = {
      "Starts a control node and its workers, keeps sessions running, kills (-9) and stops"
          + " processes at every moment of a task's life, and compares the journal with what was"
          + " promised and with what was acknowledged. Ends with 0 only if nothing is wrong.",
      "",
      "With --control or --machines they are those of a cluster, on a PostgreSQL that is as empty"
          + " as it is set by NANOSWARM_JOURNAL and NANOSWARM_POSTGRESQL_URL: nodes are killed,"
          + " paused, drained and restarted. With --network namespaces they are cut off from each"
          + " other, too: docs/faults.sh makes what that needs, and needs no PostgreSQL.",
      "",
      "Without QUESTION and --swarm the agents do exercises. With them the sessions are yours; that"
          + " they end is expected, not that they are completed.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} chaos --minutes 5",
      "  ${ROOT-COMMAND-NAME} chaos --minutes 10 --swarm swarm.yaml \"Is the release ready?\"",
    })
final class ChaosCommand implements Callable<Integer> {
  private static final int MOST_MINUTES = 24 * 60;
  private static final String UNSET = "unset NANOSWARM_JOURNAL and NANOSWARM_POSTGRESQL_URL for it";

  private static final int MOST_NODES = 100;

  /** What lies between nodes. */
  enum NetworkKind {
    LOOPBACK,
    NAMESPACES;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Surroundings around;

  @Parameters(
      paramLabel = "QUESTION",
      arity = "0..1",
      description = "What each session asks. Default: exercises, which need no files.")
  private @Nullable String question;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      required = true,
      description = "How long faults are injected. All of them take about five minutes.")
  private int minutes;

  @Option(
      names = "--control",
      paramLabel = "N",
      description = "Control nodes of a cluster. Default: one node alone.")
  private int controls = 1;

  @Option(
      names = "--machines",
      paramLabel = "N",
      description = "Machines of a cluster beside its control nodes.")
  private int machines;

  @Option(
      names = "--network",
      paramLabel = "KIND",
      description =
          "What lies between the nodes of a cluster: ${COMPLETION-CANDIDATES}. Default: loopback.")
  private NetworkKind network = NetworkKind.LOOPBACK;

  @Option(
      names = "--from",
      paramLabel = "PROGRAM",
      description =
          "Start the nodes of a cluster with this program, another version's `swarm`, and replace"
              + " each by this one under load, before faults are injected.")
  private @Nullable Path from;

  @Option(
      names = "--only",
      paramLabel = "WORDS",
      description = "Only faults that have these words in their names, as the report has them.")
  private String only = "";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides the faults and their order. Default: another one each time.")
  private @Nullable Long seed;

  @Option(
      names = {"-w", "--workspace"},
      paramLabel = "DIR",
      description = "The folder that questions are about. Default: the current one.")
  private String workspace = ".";

  @Option(
      names = {"-s", "--swarm"},
      paramLabel = "FILE",
      description = "A swarm.yaml, or its folder, whose agents are to work meanwhile.")
  private @Nullable Path swarm;

  @Option(
      names = {"-a", "--agents"},
      paramLabel = "ROLE=N",
      description = "How many agents of a role; for exercises the role is worker, 2 by default.")
  private List<String> agents = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object per line: every fault, then the result.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  ChaosCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    common.refuseConfig(around);
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw UserError.usage(
          "--minutes %d is out of range".formatted(minutes),
          "give something from 1 to " + MOST_MINUTES);
    }
    if (swarm != null && question == null) {
      throw UserError.usage(
          "--swarm without a question", "say what its sessions are asked, as the argument");
    }
    checkCluster();
    checkFaults();
    long drawn = seed == null ? around.clock().millis() % 1_000_000 : seed;
    var named = common.namedFolder(around);
    var folder = folder(named);
    var load = load(drawn, folder);
    var console = common.console(around);
    var view = new ChaosView(console, json, around.clock().instant());
    try {
      var run = run(drawn, folder, load, view);
      try (var interrupts = Interrupts.install(Thread.currentThread(), run::abandon)) {
        view.begin(drawn, minutes);
        try {
          return end(run.run(), view, folder, named != null);
        } catch (InterruptedException _) {
          return interrupts.exitCode().code();
        }
      }
    } catch (InterruptedException _) {
      return ExitCode.INTERRUPTED.code();
    } catch (IOException e) {
      throw UserError.environment(
          String.valueOf(e.getMessage()), "what was kept of the run is in " + folder.root());
    }
  }

  private boolean isClustered() {
    return controls > 1 || machines > 0;
  }

  private void checkFaults() {
    boolean any =
        isClustered()
            ? ClusterRun.has(only, network == NetworkKind.NAMESPACES)
            : ChaosRun.has(only);
    if (!any) {
      throw UserError.usage(
          "--only '%s': no fault has that in its name".formatted(only),
          "a run without it reports them all");
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private void checkCluster() {
    if (from != null && (!isClustered() || !isProgram(around.resolve(from)))) {
      throw UserError.usage(
          "--from %s: %s"
              .formatted(
                  from, isClustered() ? "no program that can be run" : "it is about several nodes"),
          isClustered() ? "name the `swarm` of that version" : "add --control 3 --machines 2");
    }
    if (controls < 1 || machines < 0 || controls + machines > MOST_NODES) {
      throw UserError.usage(
          "--control %d and --machines %d are out of range".formatted(controls, machines),
          "give at least one control node, and %d nodes in all at most".formatted(MOST_NODES));
    }
    if (!isClustered()) {
      common.needOwnJournal(
          "chaos kills a node and reads the journal of its data folder", UNSET, around);
      if (network != NetworkKind.LOOPBACK) {
        throw UserError.usage("--network is about several nodes", "add --control 3 --machines 2");
      }
    } else if (around.nodes().journalServer().isEmpty()) {
      throw UserError.usage(
          "several nodes cannot share a journal in a data folder",
          "set NANOSWARM_JOURNAL=postgresql and NANOSWARM_POSTGRESQL_URL, or use docs/faults.sh");
    } else if (controls < 2 || machines < 1) {
      throw UserError.usage(
          "--control %d and --machines %d leave some faults without a victim"
              .formatted(controls, machines),
          "give at least two control nodes and one machine");
    }
  }

  private FaultyRun run(long drawn, ChaosFolder folder, Load load, ChaosView view)
      throws IOException, InterruptedException {
    var length = Duration.ofMinutes(minutes);
    if (!isClustered()) {
      var setup = new ChaosRun.Setup(drawn, length, only, lease(), folder);
      return new ChaosRun(setup, load, around.nodes(), around.clock(), view);
    }
    var setup =
        new ClusterRun.Setup(
            drawn,
            length,
            only,
            controls,
            machines,
            network == NetworkKind.NAMESPACES,
            from == null ? null : around.resolve(from),
            folder,
            around.nodes()::connectToJournal);
    return new ClusterRun(setup, load, around.clock(), view);
  }

  private Duration lease() {
    return ChaosSettings.of(around.nodes().settingsInForce(null)).lease();
  }

  private static int end(ChaosReport report, ChaosView view, ChaosFolder folder, boolean named)
      throws IOException {
    boolean keep = named || !report.sound();
    if (!keep) {
      folder.delete();
    }
    return view.end(report, keep ? folder.root() : null);
  }

  /** Never one that holds anything: what is in it is about to be killed. */
  private static ChaosFolder folder(@Nullable Path named) throws IOException {
    if (named == null) {
      return ChaosFolder.create(Files.createTempDirectory("nanoswarm-chaos-"));
    }
    if (Files.exists(named)) {
      try (var files = Files.list(named)) {
        if (files.findAny().isPresent()) {
          throw UserError.usage(
              "%s is not empty".formatted(named),
              "name a new folder, since the node in it is going to be killed; or leave --data out");
        }
      }
    }
    return ChaosFolder.create(named);
  }

  private Load load(long drawn, ChaosFolder folder) {
    if (question == null) {
      var counts = AgentCounts.parse(agents, List.of(ExerciseLoad.ROLE));
      return new ExerciseLoad(
          drawn,
          counts.getOrDefault(ExerciseLoad.ROLE, ExerciseLoad.AGENTS * Math.max(1, machines)),
          folder.workspace(),
          folder.acknowledged());
    }
    SwarmDefinition definition =
        swarm == null ? null : SwarmOption.read(swarm, around.nodes(), around);
    var roles =
        definition == null ? around.nodes().roles() : List.copyOf(definition.agents().keySet());
    var about = WorkspaceFolder.check(workspace, around, folder.data());
    return new GivenLoad(
        new SessionRequest(
            question, about.toString(), AgentCounts.parse(agents, roles), null, null, definition));
  }
}
