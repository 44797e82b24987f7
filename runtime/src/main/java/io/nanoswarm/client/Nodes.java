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
import org.jspecify.annotations.Nullable;

/**
 * Finds and starts control nodes. At most one node runs on a data folder at a time; every terminal
 * talks to that one.
 */
public interface Nodes {

  /**
   * The node that runs on the folder and answers, if one does. Creates nothing; a leftover of a
   * dead node counts as none. Takes five seconds at most.
   */
  Optional<Endpoint> running(Path dataFolder);

  /**
   * Starts a control node in this JVM, creating the folder if needed, and returns when it answers.
   * It starts no agents and drives no session until it is asked to open or resume one.
   *
   * @throws DataFolderInUse if another process holds the folder, even if that one has no endpoint
   *     yet; the caller looks for {@link #running} then
   * @throws UserError if the user has to do something about it
   */
  LocalNode start(Path dataFolder, NodeOptions options);

  /**
   * Starts a machine node in this JVM: it owns worker JVMs for the control nodes of its cluster.
   *
   * @throws DataFolderInUse if another process holds the folder
   * @throws UserError if the user has to do something about it
   */
  StayingNode startMachine(Path dataFolder, NodeOptions options);

  /** What the folder tells without a node; creates nothing. */
  DataFolderState inspect(Path dataFolder);

  /**
   * Puts a backup into a data folder that does not exist or is empty.
   *
   * @throws UserError if that cannot be; nothing has changed then
   */
  void restore(Path backup, Path dataFolder);

  /**
   * Where nodes that are started here keep their journals, if not in their data folders; for
   * people.
   *
   * @throws UserError if what is configured makes no sense
   */
  Optional<String> journalServer();

  /**
   * A connection to the journal that is kept there, beside nodes that use it.
   *
   * @throws UserError if nodes keep their journals in their data folders
   */
  Connection connectToJournal() throws SQLException;

  /**
   * The settings of a control node that is started here; holds no secret.
   *
   * @param layer as which it is started, null for the one that it would have
   * @throws UserError if one of them makes no sense
   */
  SettingsView settingsInForce(@Nullable String layer);

  /** The same, but that nodes are configured by this file as well, in place of another one. */
  Nodes configuredBy(Path file);

  /** The roles agents can have, in the order people should see them. */
  List<String> roles();

  /** The skills that agents of a node of this machine can have. Starts nothing. */
  SkillsView skills(Path workspace);

  /**
   * The skills that a swarm's definition names, and which of its agents have them. Starts nothing.
   */
  SkillsView skills(SwarmDefinition swarm);

  /** Whether this program has an add-on. */
  boolean has(AddOn addOn);

  /**
   * What is wrong with an add-on of this program, tried as agents of a node on this folder use it;
   * empty if nothing is. Takes a second or two, and leaves in the cache of the folder, which must
   * be there, what agents would.
   */
  Optional<String> trouble(AddOn addOn, Path dataFolder) throws InterruptedException;

  /** What a definition may name that comes with the program. */
  Vocabulary vocabulary();
}
