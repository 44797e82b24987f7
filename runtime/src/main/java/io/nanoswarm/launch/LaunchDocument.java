package io.nanoswarm.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nanoswarm.cluster.WorkerId;

/**
 * All that a worker JVM is told at its start, as one line of JSON on its standard input, where no
 * process list shows it.
 *
 * @param machine where to say hello, in the serialization format of its reference
 * @param seed address of the node to join the cluster through
 * @param folders where the worker finds and leaves files
 * @param config HOCON that goes before the worker's own configuration
 */
public record LaunchDocument(
    WorkerId worker, String machine, String seed, Folders folders, String config) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * @param artifacts content too large for messages, by hash
   * @param copies whether those are copies of what the control nodes keep, rather than what they
   *     keep itself
   * @param cache what agents can make again at any time
   */
  public record Folders(String artifacts, boolean copies, String cache) {}

  /** One line, without its end. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("launch document cannot be written", e);
    }
  }

  /**
   * @throws IllegalArgumentException if this is no launch document
   */
  public static LaunchDocument parse(String line) {
    try {
      return JSON.readValue(line, LaunchDocument.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no launch document on standard input", e);
    }
  }
}
