package io.nanoswarm.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * A manifest as it is kept in the artifact store.
 *
 * <p>Guarantees: equal manifests give equal bytes, and so one artifact.
 */
public final class ManifestJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ManifestJson() {}

  public static byte[] write(Manifest manifest) {
    try {
      return JSON.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest cannot be written as JSON", e);
    }
  }

  /**
   * @throws IOException if the bytes are not those of a manifest
   */
  public static Manifest read(byte[] json) throws IOException {
    return JSON.readValue(json, Manifest.class);
  }
}
