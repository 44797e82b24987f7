package io.nanoswarm.client;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the endpoints of a cluster that somebody else runs, by their addresses and a token. */
public final class ClusterNodes {
  private static final String TOKEN_FILE = "NANOSWARM_TOKEN_FILE";
  private static final String TOKEN = "NANOSWARM_TOKEN";

  private ClusterNodes() {}

  /**
   * Where a cluster is reached.
   *
   * @param urls as {@code http://10.0.0.1:8080}, with commas between several: the first that
   *     answers is used
   * @param environment names the token, or the file that holds it: never an argument, which every
   *     user of the machine could read
   * @throws UserError if an address or the token makes no sense
   */
  public static List<Endpoint> of(String urls, Map<String, String> environment) {
    String token = token(environment);
    var endpoints = new ArrayList<Endpoint>();
    for (String url : urls.split(",", -1)) {
      endpoints.add(new Endpoint(uri(url.strip()), token));
    }
    return List.copyOf(endpoints);
  }

  private static URI uri(String url) {
    try {
      var uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getPath().isEmpty() && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // refused below
    }
    throw UserError.usage(
        "'%s' is no address of a cluster (expected: http://host:port)".formatted(url),
        "several have commas between them");
  }

  private static String token(Map<String, String> environment) {
    String file = environment.getOrDefault(TOKEN_FILE, "");
    String token = environment.getOrDefault(TOKEN, "");
    if (!file.isEmpty()) {
      try {
        token = Files.readString(Path.of(file)).strip();
      } catch (IOException e) {
        throw UserError.environment(
            "%s: the file %s cannot be read".formatted(TOKEN_FILE, file),
            "name the file that the cluster's nodes were given");
      }
    }
    if (token.isEmpty()) {
      throw UserError.usage(
          "a cluster is reached with a token, and none is given",
          "set %s to the file that holds it, or %s".formatted(TOKEN_FILE, TOKEN));
    }
    return token;
  }
}
