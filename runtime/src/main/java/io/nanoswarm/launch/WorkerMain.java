package io.nanoswarm.launch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.artifact.ArtifactCopies;
import io.nanoswarm.artifact.DepotArtifacts;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.skills.WorkerSkills;
import io.nanoswarm.skills.needs.ProbedNeeds;
import io.nanoswarm.supervisor.ExitReport;
import io.nanoswarm.supervisor.Machine;
import io.nanoswarm.supervisor.SupervisorSettings;
import io.nanoswarm.supervisor.Worker;
import io.nanoswarm.trace.Spans;
import io.nanoswarm.tracing.Tracing;
import io.nanoswarm.tracing.TracingSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jline.utils.Signals;

/**
 * Main class of a worker JVM.
 *
 * <p>Reads a {@link LaunchDocument} from standard input, joins the cluster and hosts what its
 * machine tells it to. Standard input stays open as a leash: its end is the JVM's end.
 */
public final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] args) throws IOException {
    // Ctrl-C reaches the whole process group: workers end when their control node says so, or with
    // their leash.
    var _ = Signals.register("INT", () -> {});
    var line = readLine(System.in);
    Leash.hold(System.in);
    if (line.isEmpty()) {
      Runtime.getRuntime().halt(ExitReport.LOST_CONTROL_NODE);
    }
    var document = LaunchDocument.parse(line);
    LogFormat.nameNode(document.worker().value());
    var _ = start(document);
  }

  /**
   * Starts a worker in this JVM. The system's name is part of every address, so it has to be the
   * same on all nodes.
   */
  public static ActorSystem<Worker.Command> start(LaunchDocument document) {
    var name = AddressFromURIString.parse(document.seed()).system();
    var tracing = Tracing.late(TracingSettings.of(System.getenv()), document.worker().value());
    var system = ActorSystem.create(guardian(document, tracing.spans()), name, config(document));
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "spans-out",
            () -> CompletableFuture.runAsync(tracing::close).thenApply(_ -> Done.getInstance()));
    return system;
  }

  private static Behavior<Worker.Command> guardian(LaunchDocument document, Spans spans) {
    return Behaviors.setup(context -> {
      var system = context.getSystem();
      return Worker.create(
          document.worker(),
          ActorRefResolver.get(system).<Machine.Command>resolveActorRef(document.machine()),
          means(document.folders(), system, spans),
          SupervisorSettings.create(system).deadlines().hosts());
    });
  }

  private static Worker.Means means(
      LaunchDocument.Folders folders, ActorSystem<?> system, Spans spans) {
    var config = system.settings().config();
    var artifacts = Path.of(folders.artifacts());
    var copies =
        new ArtifactCopies(
            artifacts, ArtifactSettings.of(config).maxCopies(), InstantSource.system());
    var cache = Path.of(folders.cache());
    var node = new ProbedNeeds(LocalProbe.ofThisJvm(config));
    return new Worker.Means(
        gate ->
            folders.copies()
                ? new DepotArtifacts(copies, gate.depots(), system, InstantSource.system())
                : new FileArtifactStore(artifacts),
        cache,
        new WorkerSkills(SkillsSettings.of(config), node, cache),
        spans);
  }

  private static Config config(LaunchDocument document) {
    var told = ConfigFactory.parseMap(Map.of("pekko.cluster.seed-nodes", List.of(document.seed())));
    var own = ConfigFactory.parseResources("worker.conf");
    return ConfigFactory.load(
        told.withFallback(ConfigFactory.parseString(document.config())).withFallback(own));
  }

  /** Byte by byte, so that nothing after the line is swallowed. */
  private static String readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
