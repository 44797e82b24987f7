package io.nanoswarm.load;

import com.typesafe.config.Config;

/**
 * How the journal of a node is reached beside the node, in the same JVM.
 *
 * @param url of its database
 */
record JournalSettings(String url, String user, String password) {
  static JournalSettings from(Config node) {
    Config db = node.getConfig("pekko-persistence-jdbc.shared-databases.slick.db");
    return new JournalSettings(
        db.getString("properties.url"), db.getString("user"), db.getString("password"));
  }
}
