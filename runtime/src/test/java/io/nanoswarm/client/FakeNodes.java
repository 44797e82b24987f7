package io.nanoswarm.client;

import io.nanoswarm.api.SettingView;
import io.nanoswarm.api.SettingsView;
import io.nanoswarm.api.SkillsView;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.Vocabulary;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Nodes as a test has prepared them: one that runs maybe, and those that would be started. */
public final class FakeNodes implements Nodes {
  public final Deque<ScriptedEndpoint> startable = new ArrayDeque<>();
  public @Nullable ScriptedEndpoint running;
  public @Nullable UserError failure;
  public final List<String> restored = new ArrayList<>();
  public int started;
  public int closed;

  /** Whether nodes that are started are open to strangers. */
  public boolean open;

  /** Of nodes that are started. */
  public CompletionStage<String> lost = new CompletableFuture<>();

  public DataFolderState state = new DataFolderState(null, true, null);
  public @Nullable NodeOptions options;
  public @Nullable Path configuredBy;
  public List<SkillsView.SkillView> skills = List.of();
  public Optional<String> journalServer = Optional.empty();

  /** Those that the program has, with what is wrong with them. */
  public final Map<AddOn, Optional<String>> addOns = new EnumMap<>(AddOn.class);

  @Override
  public void restore(Path backup, Path dataFolder) {
    restored.add(backup + " into " + dataFolder);
  }

  @Override
  public Optional<Endpoint> running(Path dataFolder) {
    var endpoint = running;
    if (endpoint == null) {
      return Optional.empty();
    }
    try {
      new EndpointClient(endpoint.endpoint()).health();
      return Optional.of(endpoint.endpoint());
    } catch (NodeGone e) {
      return Optional.empty();
    }
  }

  @Override
  public LocalNode start(Path dataFolder, NodeOptions wanted) {
    if (failure != null) {
      throw failure;
    }
    started++;
    options = wanted;
    var endpoint = startable.pop();
    return new LocalNode() {
      @Override
      public Endpoint endpoint() {
        return endpoint.endpoint();
      }

      @Override
      public String address() {
        return "127.0.0.1:1";
      }

      @Override
      public boolean isOpenToStrangers() {
        return open;
      }

      @Override
      public CompletionStage<String> lost() {
        return lost;
      }

      @Override
      public void close() {
        closed++;
        endpoint.close();
      }
    };
  }

  @Override
  public StayingNode startMachine(Path dataFolder, NodeOptions wanted) {
    return start(dataFolder, wanted);
  }

  @Override
  public DataFolderState inspect(Path dataFolder) {
    return state;
  }

  @Override
  public Optional<String> journalServer() {
    return journalServer;
  }

  @Override
  public Connection connectToJournal() {
    throw new UnsupportedOperationException("no server");
  }

  @Override
  public SettingsView settingsInForce(@Nullable String layer) {
    return new SettingsView(
        layer == null ? "local" : layer,
        List.of(
            new SettingView("swarm.journal.database", "\"postgresql\"", "$NANOSWARM_JOURNAL"),
            new SettingView("swarm.session.keep-snapshots", "2", "default"),
            new SettingView("swarm.session.lease", "\"15s\"", "layers/local.conf:6")));
  }

  @Override
  public Nodes configuredBy(Path file) {
    configuredBy = file;
    return this;
  }

  @Override
  public List<String> roles() {
    return List.of("researcher", "critic", "coordinator");
  }

  @Override
  public SkillsView skills(Path workspace) {
    return new SkillsView(workspace.toString(), null, skills);
  }

  @Override
  public SkillsView skills(SwarmDefinition swarm) {
    return new SkillsView(null, swarm.name(), skills);
  }

  @Override
  public boolean has(AddOn addOn) {
    return addOns.containsKey(addOn);
  }

  @Override
  public Optional<String> trouble(AddOn addOn, Path dataFolder) {
    return addOns.getOrDefault(addOn, Optional.empty());
  }

  @Override
  public Vocabulary vocabulary() {
    return new Vocabulary(roles(), List.of("exec"), List.of());
  }
}
