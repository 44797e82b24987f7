package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.client.Isolation;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.UserError;
import io.nanoswarm.http.EndpointServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses that a node is told to listen on, and cannot. */
class CannotListenTest {
  @TempDir Path folder;

  private void assertTold(Map<String, String> settings, String... words) {
    var nodes =
        new LocalNodes(SwarmSetup.offline(), EndpointServer::start, "test", InstantSource.system());
    assertThatThrownBy(() ->
            nodes.start(
                folder.resolve("data"),
                new NodeOptions(Isolation.PROCESS, true, settings, _ -> {})))
        .isInstanceOfSatisfying(
            UserError.class,
            told ->
                org.assertj.core.api.Assertions.assertThat(told.getMessage() + told.hint())
                    .contains(words));
  }

  @Test
  void a_port_that_is_taken_is_told_with_what_to_do() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertTold(Map.of("swarm.cluster.port", port), port, "in use", "--port");
    }
  }

  @Test
  void a_port_of_the_endpoint_that_is_taken_is_told_with_what_to_do() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertTold(Map.of("swarm.endpoint.port", port), port, "in use", "NANOSWARM_ENDPOINT_PORT");
    }
  }

  @Test
  void an_address_of_another_machine_is_told_with_what_to_do() {
    // Of a block that is kept for documentation: RFC 5737.
    assertTold(Map.of("swarm.cluster.host", "192.0.2.1"), "192.0.2.1", "--host");
  }

  @Test
  void an_endpoint_that_others_reach_needs_a_token() {
    assertTold(Map.of("swarm.endpoint.host", "0.0.0.0"), "0.0.0.0", "NANOSWARM_TOKEN_FILE");
  }
}
