package io.nanoswarm.artifact;

import java.io.IOException;

/**
 * Keeps content by its hash.
 *
 * <p>Guarantees: {@link #put} is idempotent and returns after the content is on disk under its
 * name; {@link #get} returns exactly the bytes that were put, or throws. Both block: call them off
 * a dispatcher. Safe for use by many threads and processes at once.
 */
public interface ArtifactStore {

  /**
   * Where the place is another machine's, both may take as long as it is away; see there.
   *
   * @throws ArtifactsAway if the place it is kept at cannot be reached, which may be otherwise soon
   */
  ArtifactRef put(byte[] content) throws IOException;

  /**
   * @throws ArtifactsAway if the place it is kept at cannot be reached, which may be otherwise soon
   * @throws IOException if the content is not there or does not match its hash
   */
  byte[] get(ArtifactRef ref) throws IOException;
}
