package io.nanoswarm.chaos;

/**
 * What is told of a fault.
 *
 * @param fault what is done
 * @param moment when, or to whom
 */
public record Kind(String fault, String moment) {
  /** Whether it is told with such words. */
  boolean has(String words) {
    return (fault + " " + moment).contains(words);
  }
}
