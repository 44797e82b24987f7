package io.nanoswarm.testkit;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactStore;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An artifact store that is gone with the test. Safe for use by many threads. */
public final class InMemoryArtifacts implements ArtifactStore {
  private final Map<ArtifactRef, byte[]> contents = new ConcurrentHashMap<>();

  @Override
  public ArtifactRef put(byte[] content) {
    var ref = new ArtifactRef(sha256(content), content.length);
    contents.put(ref, content.clone());
    return ref;
  }

  @Override
  public byte[] get(ArtifactRef ref) throws IOException {
    byte[] content = contents.get(ref);
    if (content == null) {
      throw new IOException("artifact %s is not in the store".formatted(ref.sha256()));
    }
    return content.clone();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
