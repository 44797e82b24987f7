package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What whoever opened a session wants of the built-in agents; a swarm of a user's own has it in its
 * definition. Stored with the session, so that the node that takes it up starts the same.
 *
 * @param counts how many agents of a role at least, by the role's name; of others as many as usual
 * @param isolation {@code process} or {@code shared}, null for what the node was started with
 */
public record AgentWishes(
    Map<String, Integer> counts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String isolation) {
  /** As many agents as usual. */
  public static final AgentWishes NONE = new AgentWishes(Map.of(), null);

  public AgentWishes {
    counts = counts == null ? Map.of() : Map.copyOf(counts);
  }

  /** Null if nothing is wished for: what is usual is not stored. */
  public @Nullable AgentWishes orNull() {
    return equals(NONE) ? null : this;
  }
}
