package io.nanoswarm.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names bytes by their content. What is larger than 64 KiB travels as one of these.
 *
 * @param sha256 hash of the content, 64 lower-case hexadecimal digits
 * @param size in bytes
 */
public record ArtifactRef(String sha256, long size) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public ArtifactRef {
    if (!FORM.matcher(sha256).matches() || size < 0) {
      throw new IllegalArgumentException(
          "artifact: %s of %d bytes (expected: 64 hexadecimal digits, size >= 0)"
              .formatted(sha256, size));
    }
  }

  /** Of this content. */
  public static ArtifactRef of(byte[] content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(content);
      return new ArtifactRef(HexFormat.of().formatHex(hash), content.length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
