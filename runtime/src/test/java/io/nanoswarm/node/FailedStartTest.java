package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.http.EndpointServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that joins, and then cannot go on. */
class FailedStartTest {
  @TempDir Path folder;

  private LocalNodes nodes(EndpointOpener opener) {
    return new LocalNodes(
        SwarmSetup.offline().launchedBy((_, _) -> new SilentWorkers()),
        opener,
        "test",
        InstantSource.system());
  }

  @Test
  void no_actor_of_a_node_that_cannot_start_runs_any_more_when_that_is_told() {
    var failure = new IllegalStateException("no endpoint today");
    var system = new AtomicReference<ActorSystem<?>>();
    EndpointOpener opener =
        (started, _, _, _) -> {
          system.set(started);
          return CompletableFuture.failedFuture(failure);
        };

    assertThatThrownBy(() -> nodes(opener).start(folder.resolve("data"), NodeOptions.DEFAULT))
        .hasRootCause(failure);

    assertThat(system.get().getWhenTerminated()).isCompleted();
    nodes(EndpointServer::start).start(folder.resolve("data"), NodeOptions.DEFAULT).close();
  }
}
