package io.nanoswarm.chaos;

import io.nanoswarm.api.SessionRequest;
import org.jspecify.annotations.Nullable;

/** The same request again and again, of a swarm about which nothing is known. */
public record GivenLoad(SessionRequest request) implements Load {
  @Override
  public SessionRequest request(int number) {
    return request;
  }

  @Override
  public @Nullable String answer(int number) {
    return null;
  }

  @Override
  public boolean completes() {
    return false;
  }
}
