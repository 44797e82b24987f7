package io.nanoswarm.blackboard;

/** An entry was not posted, since another revision stands at its path than the one expected. */
public final class RevisionConflict extends RuntimeException {
  private final long actual;

  public RevisionConflict(EntryPath path, long expected, long actual) {
    super(
        "%s is at revision %d (expected: %d); read it again and decide anew"
            .formatted(path, actual, expected));
    this.actual = actual;
  }

  public long actual() {
    return actual;
  }
}
