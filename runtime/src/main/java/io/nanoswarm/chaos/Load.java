package io.nanoswarm.chaos;

import io.nanoswarm.api.SessionRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sessions are opened while processes are killed. */
public interface Load {

  /** The session that comes as number so-and-so, from 1. */
  SessionRequest request(int number);

  /** The answer of that session, whatever is done to processes; null if it is not known. */
  @Nullable String answer(int number);

  /** Whether every session has to be completed, rather than just end. */
  boolean completes();

  /** Whether the agent that posts at such a path settles its task next, as far as is known. */
  default boolean settlesAfter(String path) {
    return true;
  }

  /** What its agents were told is stored, read when all is over. */
  default Collection<Acknowledged> told() throws IOException {
    return List.of();
  }
}
