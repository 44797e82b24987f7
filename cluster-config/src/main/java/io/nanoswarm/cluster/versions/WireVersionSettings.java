package io.nanoswarm.cluster.versions;

import com.typesafe.config.Config;

/** Reads what {@link WireVersion#told} tells; nobody sets it. */
final class WireVersionSettings {
  private WireVersionSettings() {}

  static WireVersion of(Config sent) {
    return sent.hasPath(WireVersion.SPEAKS) && sent.hasPath(WireVersion.UNDERSTANDS)
        ? new WireVersion(sent.getInt(WireVersion.SPEAKS), sent.getInt(WireVersion.UNDERSTANDS))
        : WireVersion.BEFORE;
  }
}
