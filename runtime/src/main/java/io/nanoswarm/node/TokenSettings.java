package io.nanoswarm.node;

import com.typesafe.config.Config;

/**
 * Who may use the endpoint, from {@code swarm.endpoint}.
 *
 * @param host that it listens on
 * @param file that holds the token, empty for one of the node's own
 */
record TokenSettings(String host, String file) {
  static TokenSettings of(Config config) {
    Config endpoint = config.getConfig("swarm.endpoint");
    return new TokenSettings(endpoint.getString("host"), endpoint.getString("token-file"));
  }
}
