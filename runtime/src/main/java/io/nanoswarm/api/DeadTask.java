package io.nanoswarm.api;

import java.time.Instant;
import java.util.List;

/**
 * A task that has ended badly.
 *
 * @param session whose task it is
 * @param status of the session, as in {@link SessionView#status}
 * @param task its name within the session
 * @param state {@code dead} (all attempts used up, or nobody could do it), {@code failed} or {@code
 *     cancelled}
 * @param reason why, for people
 * @param history why its latest attempts ended, the oldest first
 */
public record DeadTask(
    String session,
    String goal,
    String status,
    String task,
    String role,
    String title,
    String state,
    String reason,
    int attempts,
    List<String> history,
    Instant endedAt) {
  public DeadTask {
    history = List.copyOf(history);
  }
}
