package io.nanoswarm.http;

import io.nanoswarm.node.EndpointOpener;
import io.nanoswarm.node.EndpointSettings;
import io.nanoswarm.node.Swarm;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;

/**
 * Serves the endpoint, on a free port of the loopback address unless it is configured otherwise.
 */
public final class EndpointServer implements EndpointOpener.OpenEndpoint {
  private static final Duration CUT_OFF_AFTER = Duration.ofSeconds(1);

  private final ServerBinding binding;
  private final String host;

  private EndpointServer(ServerBinding binding, String host) {
    this.binding = binding;
    this.host = host;
  }

  /** Completes when requests are answered. */
  public static CompletionStage<EndpointServer> start(
      ActorSystem<?> system, Swarm swarm, String token, String version) {
    var settings = EndpointSettings.of(system.settings().config());
    var routes = new EndpointRoutes(swarm, token, version);
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .bind(routes.all())
        .thenApply(binding -> new EndpointServer(binding, settings.reachableHost()));
  }

  @Override
  public String uri() {
    return "http://%s:%d".formatted(host, binding.localAddress().getPort());
  }

  @Override
  public CompletionStage<Void> stop() {
    return binding.terminate(CUT_OFF_AFTER).thenAccept(_ -> {});
  }
}
