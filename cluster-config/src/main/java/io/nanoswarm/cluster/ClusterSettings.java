package io.nanoswarm.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.cluster.versions.WireVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node's place in its cluster, from {@code swarm.cluster}; each key is explained in {@code
 * reference.conf}.
 *
 * @param host that the other nodes reach this one by
 * @param bindHost the address of this machine that is listened on; empty: host
 * @param port in both, 0 for a free one
 * @param join control nodes that the cluster is found by, as {@code host:port}; empty for a cluster
 *     of one's own
 * @param rejoinAfter how long a node whose last run did not end in order waits while others run, so
 *     that they have put that out
 * @param leaveWithin how long agents of a node that leaves have to finish what they work on
 * @param tls null if members are not asked who they are
 */
public record ClusterSettings(
    String host,
    String bindHost,
    int port,
    List<String> join,
    Duration rejoinAfter,
    Duration leaveWithin,
    @Nullable TlsSettings tls) {
  private static final String HOST = "(?:[^\\s:/@\\[\\]]+|\\[[0-9a-fA-F]*:[0-9a-fA-F:.]*\\])";
  private static final Pattern NAME = Pattern.compile(HOST);
  private static final Pattern PLACE = Pattern.compile(HOST + ":(?<port>[0-9]{1,5})");
  private static final int PORTS = 65_535;

  public ClusterSettings {
    join = List.copyOf(join);
    if (!NAME.matcher(host).matches()) {
      throw noHost("host", host, "");
    }
    if (!bindHost.isEmpty() && !NAME.matcher(bindHost).matches()) {
      throw noHost("bind-host", bindHost, "; empty: the same as swarm.cluster.host");
    }
    if (port < 0 || port > PORTS) {
      throw noPort(Integer.toString(port));
    }
    for (String place : join) {
      var matcher = PLACE.matcher(place);
      if (!matcher.matches() || !isPort(matcher.group("port"))) {
        throw new IllegalArgumentException(
            "swarm.cluster.join: '%s' (expected: host:port, with commas between several)"
                .formatted(place));
      }
    }
    if (rejoinAfter.isNegative()) {
      throw new IllegalArgumentException(
          "swarm.cluster.rejoin-after: %s (expected: 0s or more)".formatted(rejoinAfter));
    }
    if (!join.isEmpty() && port == 0) {
      throw new IllegalArgumentException(
          "swarm.cluster.port: 0 (expected: a fixed port, since other nodes have to find this"
              + " one)");
    }
  }

  private static IllegalArgumentException noHost(String key, String found, String orElse) {
    return new IllegalArgumentException(
        "swarm.cluster.%s: '%s' (expected: a name or an address, an IPv6 one in brackets%s)"
            .formatted(key, found, orElse));
  }

  private static IllegalArgumentException noPort(String found) {
    return new IllegalArgumentException(
        "swarm.cluster.port: '%s' (expected: a number from 0 to %d)".formatted(found, PORTS));
  }

  private static boolean isPort(String digits) {
    int number = Integer.parseInt(digits);
    return number > 0 && number <= PORTS;
  }

  /**
   * @throws IllegalArgumentException naming key, value and what was expected
   */
  public static ClusterSettings of(Config config) {
    var own = config.getConfig("swarm.cluster");
    return new ClusterSettings(
        own.getString("host").strip(),
        own.getString("bind-host").strip(),
        port(own.getString("port").strip()),
        Arrays.stream(own.getString("join").split(","))
            .map(String::strip)
            .filter(place -> !place.isEmpty())
            .toList(),
        own.getDuration("rejoin-after"),
        own.getDuration("leave-within"),
        TlsSettings.of(own.getConfig("tls")));
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw noPort(text);
    }
  }

  /** Whether the node shares its swarm with others. */
  public boolean isClustered() {
    return !join.isEmpty();
  }

  /** Whether whoever reaches this node from another machine is a member. */
  public boolean isOpenToStrangers() {
    return tls == null && !isLoopback(bindHost.isEmpty() ? host : bindHost);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /** What Pekko is told, on top of the layers. */
  public Config pekko(NodeRole... roles) {
    Map<String, Object> told = new HashMap<>(WireVersion.OURS.told());
    told.put("pekko.remote.artery.canonical.hostname", host);
    told.put("pekko.remote.artery.canonical.port", port);
    told.put("pekko.remote.artery.bind.hostname", bindHost);
    told.put("pekko.cluster.roles", Arrays.stream(roles).map(NodeRole::id).toList());
    Config config = ConfigFactory.parseMap(told);
    if (tls != null) {
      config = config.withFallback(tls.pekko());
    }
    return config;
  }
}
