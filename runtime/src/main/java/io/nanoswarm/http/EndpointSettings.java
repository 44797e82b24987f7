package io.nanoswarm.http;

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
record EndpointSettings(String host, int port) {
  static EndpointSettings of(Config config) {
    Config endpoint = config.getConfig("swarm.endpoint");
    return new EndpointSettings(endpoint.getString("host"), endpoint.getInt("port"));
  }

  /** The host that programs of this machine reach it by. */
  String reachableHost() {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress() ? "127.0.0.1" : host;
    } catch (UnknownHostException _) {
      return host;
    }
  }
}
