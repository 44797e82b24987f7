package io.nanoswarm.node;

import com.typesafe.config.Config;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the endpoint listens, from {@code swarm.endpoint}; each key is explained in {@code
 * reference.conf}.
 *
 * @param host that is bound
 * @param port likewise, 0 for a free one
 */
public record EndpointSettings(String host, int port) {
  private static final int PORTS = 65_535;

  public EndpointSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException(
          "swarm.endpoint.host: '%s' (expected: a name or an address)".formatted(host));
    }
    if (port < 0 || port > PORTS) {
      throw new IllegalArgumentException(
          "swarm.endpoint.port: %d (expected: 0 to %d)".formatted(port, PORTS));
    }
  }

  public static EndpointSettings of(Config config) {
    Config endpoint = config.getConfig("swarm.endpoint");
    return new EndpointSettings(endpoint.getString("host"), endpoint.getInt("port"));
  }

  /** The host that programs of this machine reach it by. */
  public String reachableHost() {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress() ? "127.0.0.1" : host;
    } catch (UnknownHostException _) {
      return host;
    }
  }
}
