package io.nanoswarm.bus;

import java.util.regex.Pattern;

/**
 * Names where messages are published, and says what is promised of them.
 *
 * @param reach which subscribers hear it, and with what guarantee
 * @param name lower-case letters, digits, dashes, dots and slashes, 1 to 128 of them
 */
public record Channel(Reach reach, String name) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9./-]{0,127}");

  /** How far a channel reaches. */
  public enum Reach {
    /** Subscribers in the same JVM; at most once, in the order of each publisher. */
    LOCAL,
    /**
     * Subscribers on any node; at most once, in the order of each publisher, none from before the
     * subscription.
     */
    CLUSTER,
    /**
     * Subscribers on any node; stored before it is confirmed; at least once to each subscriber, in
     * the order of offsets, from the offset it asks for. Old messages are dropped beyond the
     * channel's retention: a subscriber that asks for one of those begins with the first that is
     * left, and sees by its offset what it missed.
     */
    DURABLE
  }

  public Channel {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "channel: '%s' (expected: %s)".formatted(name, FORM.pattern()));
    }
  }

  public static Channel local(String name) {
    return new Channel(Reach.LOCAL, name);
  }

  public static Channel cluster(String name) {
    return new Channel(Reach.CLUSTER, name);
  }

  public static Channel durable(String name) {
    return new Channel(Reach.DURABLE, name);
  }
}
