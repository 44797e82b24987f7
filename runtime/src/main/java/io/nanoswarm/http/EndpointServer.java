package io.nanoswarm.http;

import io.nanoswarm.node.EndpointOpener;
import io.nanoswarm.node.Swarm;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;

/** Serves the endpoint on a free port of the loopback address. */
public final class EndpointServer implements EndpointOpener.OpenEndpoint {
  private static final Duration CUT_OFF_AFTER = Duration.ofSeconds(1);

  private final ServerBinding binding;

  private EndpointServer(ServerBinding binding) {
    this.binding = binding;
  }

  /** Completes when requests are answered. */
  public static CompletionStage<EndpointServer> start(
      ActorSystem<?> system, Swarm swarm, String token, String version) {
    var routes = new EndpointRoutes(swarm, token, version);
    return Http.get(system)
        .newServerAt("127.0.0.1", 0)
        .bind(routes.all())
        .thenApply(EndpointServer::new);
  }

  @Override
  public String uri() {
    return "http://127.0.0.1:" + binding.localAddress().getPort();
  }

  @Override
  public CompletionStage<Void> stop() {
    return binding.terminate(CUT_OFF_AFTER).thenAccept(_ -> {});
  }
}
