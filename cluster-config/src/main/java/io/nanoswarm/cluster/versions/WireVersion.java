package io.nanoswarm.cluster.versions;

import com.typesafe.config.Config;
import java.util.Map;

/**
 * What a node says to others, and what it understands; a number that grows whenever an older
 * program would not understand all that a newer one says. The rules are in {@code
 * docs/upgrades.md}.
 *
 * <p>Guarantees: two nodes that may be together each understand what the other says. A program
 * before there was such a number speaks 0.
 *
 * @param speaks what it says
 * @param understands the oldest that it understands, at most what it speaks
 */
public record WireVersion(int speaks, int understands) {
  /** Of this program. */
  public static final WireVersion OURS = new WireVersion(1, 0);

  static final WireVersion BEFORE = new WireVersion(0, 0);
  static final String SPEAKS = "nanoswarm.wire.speaks";
  static final String UNDERSTANDS = "nanoswarm.wire.understands";
  private static final String CHECKER =
      "pekko.cluster.configuration-compatibility-check.checkers.nanoswarm";
  private static final String APP_VERSION = "pekko.cluster.app-version";

  public WireVersion {
    if (understands < 0 || understands > speaks) {
      throw new IllegalArgumentException(
          "wire version: speaks %d, understands %d (expected: 0 <= understands <= speaks)"
              .formatted(speaks, understands));
    }
  }

  /** Whether each understands the other. */
  public boolean fits(WireVersion other) {
    return speaks >= other.understands && other.speaks >= understands;
  }

  /** What Pekko is told on every member, so that it is compared when a node joins. */
  public Map<String, Object> told() {
    return Map.of(
        SPEAKS,
        speaks,
        UNDERSTANDS,
        understands,
        CHECKER,
        FittingVersions.class.getName(),
        APP_VERSION,
        appVersion());
  }

  /** What members know of each other; newer ones are greater, as Pekko compares them. */
  String appVersion() {
    return "%d.%d".formatted(speaks, understands);
  }

  /** Of what {@link #told} has told a member's Pekko, which tells it to all others. */
  public static WireVersion ofMember(String appVersion) {
    String[] parts = appVersion.split("\\.", -1);
    return parts.length == 2
            && appVersion.matches("[0-9]{1,6}\\.[0-9]{1,6}")
            && Integer.parseInt(parts[1]) <= Integer.parseInt(parts[0])
        ? new WireVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
        : BEFORE;
  }

  /** Of another node's configuration, as far as that was sent. */
  static WireVersion of(Config sent) {
    var keys = sent.root();
    return keys.containsKey("nanoswarm") ? WireVersionSettings.of(sent) : BEFORE;
  }

  /** For people. */
  public String text() {
    return "wire version %d, understands %d and later".formatted(speaks, understands);
  }
}
