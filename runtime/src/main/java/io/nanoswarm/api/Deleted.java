package io.nanoswarm.api;

/**
 * What was deleted.
 *
 * @param sessions how many
 * @param rows of the journal
 * @param artifacts that only they referred to; the youngest are kept for another day
 */
public record Deleted(int sessions, long rows, int artifacts) {

  /** The same, with so many rows more. */
  public Deleted plus(long more) {
    return new Deleted(sessions, rows + more, artifacts);
  }
}
