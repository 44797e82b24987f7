package io.nanoswarm.offline.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Turns texts into vectors that are near each other when the texts mean alike, whatever their
 * words.
 *
 * <p>Guarantees of an implementation: the same text gives the same vector on the same machine; it
 * needs no network; it is safe for use by many threads.
 */
public interface EmbeddingModel {
  /** Names all that its vectors follow from: vectors of different ids are not comparable. */
  String id();

  /** How many numbers a vector has. */
  int dimensions();

  /**
   * The vector of a text, of length 1. Takes some ten milliseconds of processor time. What a model
   * cannot hold of a long text counts for nothing.
   */
  float[] embed(String text);

  /** Loads a model; found by {@link ServiceLoader}. */
  interface Provider {
    /**
     * Takes up to a second, and memory of a hundred megabytes.
     *
     * @param cache a folder of this machine where what is unpacked may stay for the next JVM
     * @throws IOException says why it cannot be loaded here
     */
    EmbeddingModel load(Path cache) throws IOException;
  }

  /** The provider on the class path, if one was added. */
  static Optional<Provider> added() {
    return ServiceLoader.load(Provider.class).findFirst();
  }
}
