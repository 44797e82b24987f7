package io.nanoswarm.samples.s08skills;

import java.util.Map;

/**
 * A class from before there was a swarm: it knows nothing of one, and blocks as long as it likes.
 */
public final class PriceList {
  private static final Map<String, Integer> CENTS = Map.of("lamp", 4000, "chair", 6500);

  /** The price in cents of so many things of a kind. */
  public Object execute(Map<String, Object> arguments) {
    String thing = String.valueOf(arguments.get("thing"));
    Integer cents = CENTS.get(thing);
    if (cents == null) {
      throw new IllegalArgumentException("we sell no " + thing);
    }
    return cents * ((Number) arguments.getOrDefault("many", 1)).intValue();
  }
}
