package io.nanoswarm.node;

import io.nanoswarm.store.StoreProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The secret that opens a node's endpoint. */
final class EndpointToken {
  private static final int BYTES = 24;
  private static final int LEAST = 16;

  private EndpointToken() {}

  /**
   * The one in the file that is configured; else one of the node's own, which just its data folder
   * tells.
   *
   * @throws StoreProblem if there is none and the endpoint can be reached from other machines, or
   *     if it could be guessed
   */
  static String of(TokenSettings settings, RandomGenerator random)
      throws StoreProblem, IOException {
    if (!settings.file().isEmpty()) {
      return read(Path.of(settings.file()));
    }
    String host = settings.host();
    if (!InetAddress.getByName(host).isLoopbackAddress()) {
      throw new StoreProblem(
          "swarm.endpoint.host: %s can be reached from other machines, and there is no token for it"
              .formatted(host),
          "write a long random word into a file that you alone can read, and name the file in"
              + " NANOSWARM_TOKEN_FILE");
    }
    var content = new byte[BYTES];
    random.nextBytes(content);
    return HexFormat.of().formatHex(content);
  }

  private static String read(Path file) throws StoreProblem {
    try {
      String token = Files.readString(file).strip();
      if (token.length() >= LEAST && token.chars().allMatch(c -> c > ' ' && c < 127)) {
        return token;
      }
      throw new StoreProblem(
          "the token in %s is no good (expected: one word of at least %d characters, ASCII)"
              .formatted(file, LEAST),
          "as `openssl rand -hex 24` makes one");
    } catch (IOException e) {
      throw new StoreProblem(
          "swarm.endpoint.token-file: %s cannot be read: %s".formatted(file, e.getMessage()),
          "name a file that holds the token");
    }
  }
}
