package io.nanoswarm.client;

import io.nanoswarm.api.SettingsView;
import io.nanoswarm.api.SkillsView;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.Vocabulary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster elsewhere, in the place of those of a data folder: a terminal never
 * becomes one of them. What needs no node is as it is on this machine.
 */
public final class RemoteNodes implements Nodes {
  private final List<Endpoint> endpoints;
  private final Nodes local;

  public RemoteNodes(List<Endpoint> endpoints, Nodes local) {
    this.endpoints = List.copyOf(endpoints);
    this.local = local;
  }

  /** The first that answers. */
  @Override
  public Optional<Endpoint> running(Path dataFolder) {
    return endpoints.stream().filter(RemoteNodes::answers).findFirst();
  }

  private static boolean answers(Endpoint endpoint) {
    try {
      var _ = new EndpointClient(endpoint).health();
      return true;
    } catch (Refused e) {
      throw UserError.environment(
          "%s does not take the token: %s".formatted(endpoint, e.getMessage()),
          "use the one that its nodes were given");
    } catch (NodeGone _) {
      return false;
    }
  }

  @Override
  public LocalNode start(Path dataFolder, NodeOptions options) {
    throw UserError.environment(
        "no node of the cluster answers at %s"
            .formatted(
                endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(", "))),
        "see whether its control nodes run: `swarm up` starts one");
  }

  @Override
  public StayingNode startMachine(Path dataFolder, NodeOptions options) {
    return local.startMachine(dataFolder, options);
  }

  @Override
  public DataFolderState inspect(Path dataFolder) {
    return local.inspect(dataFolder);
  }

  @Override
  public void restore(Path backup, Path dataFolder) {
    local.restore(backup, dataFolder);
  }

  @Override
  public Optional<String> journalServer() {
    return local.journalServer();
  }

  @Override
  public Connection connectToJournal() throws SQLException {
    return local.connectToJournal();
  }

  @Override
  public SettingsView settingsInForce(@Nullable String layer) {
    return local.settingsInForce(layer);
  }

  @Override
  public Nodes configuredBy(Path file) {
    return new RemoteNodes(endpoints, local.configuredBy(file));
  }

  @Override
  public List<String> roles() {
    return local.roles();
  }

  @Override
  public SkillsView skills(Path workspace) {
    return local.skills(workspace);
  }

  @Override
  public SkillsView skills(SwarmDefinition swarm) {
    return local.skills(swarm);
  }

  @Override
  public boolean has(AddOn addOn) {
    return local.has(addOn);
  }

  @Override
  public Optional<String> trouble(AddOn addOn, Path dataFolder) throws InterruptedException {
    return local.trouble(addOn, dataFolder);
  }

  @Override
  public Vocabulary vocabulary() {
    return local.vocabulary();
  }
}
