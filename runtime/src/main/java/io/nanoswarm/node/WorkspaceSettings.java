package io.nanoswarm.node;

import com.typesafe.config.Config;

/**
 * How folders reach the machines, from {@code swarm.workspace}; explained in {@code
 * reference.conf}.
 *
 * @param copy whether files are kept for machines that do not have the folder
 */
record WorkspaceSettings(boolean copy) {
  static WorkspaceSettings of(Config config) {
    return new WorkspaceSettings(config.getBoolean("swarm.workspace.copy"));
  }
}
