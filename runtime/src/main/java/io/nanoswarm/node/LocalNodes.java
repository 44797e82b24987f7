package io.nanoswarm.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.nanoswarm.api.SettingsView;
import io.nanoswarm.api.SkillsView;
import io.nanoswarm.client.AddOn;
import io.nanoswarm.client.DataFolderInUse;
import io.nanoswarm.client.DataFolderState;
import io.nanoswarm.client.Endpoint;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.LocalNode;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.Nodes;
import io.nanoswarm.client.StayingNode;
import io.nanoswarm.client.UserError;
import io.nanoswarm.cluster.Layer;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.Vocabulary;
import io.nanoswarm.launch.DataFolder;
import io.nanoswarm.launch.DataFolderProblem;
import io.nanoswarm.launch.LocalProbe;
import io.nanoswarm.launch.LogSettings;
import io.nanoswarm.launch.PublishedEndpoint;
import io.nanoswarm.offline.embedding.EmbeddingModel;
import io.nanoswarm.offline.embedding.Embeddings;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Need;
import io.nanoswarm.skills.ListedSkill;
import io.nanoswarm.skills.SkillListing;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.skills.needs.ProbedNeeds;
import io.nanoswarm.store.Backup;
import io.nanoswarm.store.DatabaseSettings;
import io.nanoswarm.store.StoreProblem;
import io.nanoswarm.supervisor.Isolation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.remote.RemoteTransportException;
import org.jspecify.annotations.Nullable;

/** Finds and starts {@link ControlNode}s on data folders of this machine, for the command line. */
public final class LocalNodes implements Nodes {
  private final SwarmSetup setup;
  private final EndpointOpener opener;
  private final String version;
  private final InstantSource clock;
  private final LayeredSettings.Sources sources;

  /**
   * @param setup of every node that is started
   * @param opener opens their endpoints
   */
  public LocalNodes(SwarmSetup setup, EndpointOpener opener, String version, InstantSource clock) {
    this(setup, opener, version, clock, LayeredSettings.Sources.of(System.getenv()));
  }

  private LocalNodes(
      SwarmSetup setup,
      EndpointOpener opener,
      String version,
      InstantSource clock,
      LayeredSettings.Sources sources) {
    this.setup = setup;
    this.opener = opener;
    this.version = version;
    this.clock = clock;
    this.sources = sources;
  }

  @Override
  public LocalNodes configuredBy(Path file) {
    return new LocalNodes(setup, opener, version, clock, sources.with(file));
  }

  /** The same, whose nodes that are alone have another layer. */
  public LocalNodes usually(Layer layer) {
    return new LocalNodes(setup, opener, version, clock, sources.of(layer));
  }

  @Override
  public Optional<Endpoint> running(Path dataFolder) {
    return PublishedEndpoint.find(dataFolder)
        .map(LocalNodes::clientEndpoint)
        .filter(LocalNodes::answers);
  }

  private static Endpoint clientEndpoint(PublishedEndpoint published) {
    return new Endpoint(URI.create(published.uri()), published.token());
  }

  private static boolean answers(Endpoint endpoint) {
    try {
      var _ = new EndpointClient(endpoint).health();
      return true;
    } catch (NodeGone | UserError _) {
      return false;
    }
  }

  @Override
  public LocalNode start(Path dataFolder, NodeOptions options) {
    var layers = settings(options.settings());
    return opened(
        dataFolder,
        layers,
        data ->
            new Started(
                ControlNode.start(
                    data,
                    new ControlNode.Options(
                        isolation(options),
                        options.stays(),
                        layers,
                        version,
                        setup,
                        opener,
                        options.waiting()),
                    clock)));
  }

  /** Starts a node on a data folder. */
  @FunctionalInterface
  private interface Start<N> {
    N on(DataFolder data)
        throws StoreProblem, IOException, DataFolderProblem, NotJoined, InterruptedException;
  }

  private static <N> N opened(Path dataFolder, Config layers, Start<N> start) {
    try {
      DataFolder data = DataFolder.open(dataFolder);
      NodeLog.to(data.logs().resolve("node.log"), LogSettings.of(layers).format());
      return start.on(data);
    } catch (DataFolderProblem e) {
      throw e.kind() == DataFolderProblem.Kind.IN_USE
          ? new DataFolderInUse(dataFolder)
          : UserError.environment(String.valueOf(e.getMessage()), e.hint());
    } catch (StoreProblem e) {
      throw UserError.environment(String.valueOf(e.getMessage()), e.hint());
    } catch (NotJoined e) {
      throw UserError.environment(String.valueOf(e.getMessage()), e.hint());
    } catch (IOException e) {
      throw UserError.environment(
          "data folder %s cannot be used: %s".formatted(dataFolder, e.getMessage()),
          "use another folder with --data DIR");
    } catch (IllegalArgumentException | ConfigException e) {
      throw wrongSetting(e);
    } catch (CompletionException | RemoteTransportException e) {
      throw CannotListen.in(e).<RuntimeException>map(told -> told).orElse(e);
    } catch (InterruptedException _) {
      throw new io.nanoswarm.client.Interrupted();
    }
  }

  /** The whole configuration of a control node that is started here. */
  private Config settings(Map<String, String> options) {
    return told(() -> sources.control(options).config());
  }

  /** For looking into: whether a node could start with it is not asked. */
  private Config settings() {
    return told(() -> sources.shown().config());
  }

  private static <T> T told(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException | ConfigException e) {
      throw wrongSetting(e);
    }
  }

  private static UserError wrongSetting(RuntimeException e) {
    return UserError.usage(
        String.valueOf(e.getMessage()),
        "put the setting, option or variable right: each is explained in docs/configuration.md");
  }

  @Override
  public StayingNode startMachine(Path dataFolder, NodeOptions options) {
    var layers = told(() -> sources.machine(options.settings()).config());
    return opened(
        dataFolder,
        layers,
        data -> MachineNode.start(data, layers, setup, clock, options.waiting()));
  }

  private record Started(ControlNode node) implements LocalNode {
    @Override
    public Endpoint endpoint() {
      return clientEndpoint(node.endpoint());
    }

    @Override
    public String address() {
      return node.address();
    }

    @Override
    public boolean isOpenToStrangers() {
      return node.isOpenToStrangers();
    }

    @Override
    public CompletionStage<String> lost() {
      return node.lost();
    }

    @Override
    public void close() {
      node.close();
    }
  }

  private static Isolation isolation(NodeOptions options) {
    return switch (options.isolation()) {
      case PROCESS -> Isolation.PROCESS;
      case SHARED -> Isolation.SHARED;
    };
  }

  @Override
  public DataFolderState inspect(Path dataFolder) {
    var standing = DataFolder.inspect(dataFolder);
    return new DataFolderState(standing.format(), standing.understood(), standing.holder());
  }

  @Override
  public Optional<String> journalServer() {
    return database().address();
  }

  private DatabaseSettings database() {
    try {
      return DatabaseSettings.of(settings(), System.getenv());
    } catch (StoreProblem e) {
      throw UserError.environment(String.valueOf(e.getMessage()), e.hint());
    } catch (ConfigException e) {
      throw wrongSetting(e);
    }
  }

  @Override
  public Connection connectToJournal() throws SQLException {
    DatabaseSettings settings = database();
    if (settings.server() == null) {
      throw UserError.usage(
          "nodes keep their journals in their data folders", "see NANOSWARM_JOURNAL");
    }
    return settings.database(Path.of("journal"), Path.of("artifacts")).connect();
  }

  @Override
  public void restore(Path backup, Path dataFolder) {
    try {
      Backup.restore(backup, dataFolder);
    } catch (StoreProblem e) {
      throw UserError.usage(String.valueOf(e.getMessage()), e.hint());
    } catch (IOException e) {
      throw UserError.environment(
          "%s cannot be restored into %s: %s".formatted(backup, dataFolder, e.getMessage()),
          "use another folder with --data DIR");
    }
  }

  @Override
  public SettingsView settingsInForce(@Nullable String layer) {
    return told(() -> {
      var from = layer == null ? sources : sources.named(layer);
      var found = from.control(Map.of());
      return new SettingsView(found.layer().word(), SettingsInForce.list(found.config()));
    });
  }

  @Override
  public List<String> roles() {
    return setup.counts().keySet().stream().map(AgentRole::value).toList();
  }

  @Override
  public SkillsView skills(Path workspace) {
    return new SkillsView(
        workspace.toString(),
        null,
        listing().in(workspace).stream().map(skill -> view(skill, null)).toList());
  }

  @Override
  public SkillsView skills(SwarmDefinition swarm) {
    var agents = new LinkedHashMap<String, List<String>>();
    swarm.skills().keySet().forEach(name -> agents.put(name, new ArrayList<>()));
    swarm
        .agents()
        .forEach((role, agent) ->
            agent
                .skills()
                .forEach(name -> agents.computeIfAbsent(name, _ -> new ArrayList<>()).add(role)));
    var listing = listing();
    var skills = new ArrayList<SkillsView.SkillView>();
    agents.forEach((name, roles) ->
        skills.add(view(listing.of(DefinedSkills.spec(swarm, name), swarm.code()), roles)));
    return new SkillsView(null, swarm.name(), List.copyOf(skills));
  }

  private SkillListing listing() {
    var config = settings();
    return new SkillListing(
        told(() -> SkillsSettings.of(config)), new ProbedNeeds(LocalProbe.ofThisJvm(config)));
  }

  private static SkillsView.SkillView view(ListedSkill skill, @Nullable List<String> agents) {
    return new SkillsView.SkillView(
        skill.name(),
        skill.source(),
        skill.folder() == null ? null : skill.folder().toString(),
        skill.description(),
        skill.needs().stream().map(Need::value).toList(),
        skill.lacking().stream().map(Need::value).toList(),
        skill.problem().orElse(null),
        agents == null ? null : List.copyOf(agents));
  }

  @Override
  public boolean has(AddOn addOn) {
    return switch (addOn) {
      case EMBEDDINGS -> EmbeddingModel.added().isPresent();
    };
  }

  @Override
  public Optional<String> trouble(AddOn addOn, Path dataFolder) throws InterruptedException {
    return switch (addOn) {
      case EMBEDDINGS -> Embeddings.load(dataFolder.resolve("cache")).problem();
    };
  }

  @Override
  public Vocabulary vocabulary() {
    return setup.vocabulary(told(() -> SkillsSettings.of(settings())).folders());
  }
}
