package io.nanoswarm.client;

import java.net.URI;

/**
 * Where a running node listens, and the secret that opens it.
 *
 * @param uri as {@code http://host:port}, without a path
 * @param token never printed or logged
 */
public record Endpoint(URI uri, String token) {

  @Override
  public String toString() {
    return uri.toString();
  }
}
