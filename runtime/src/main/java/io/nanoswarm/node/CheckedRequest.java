package io.nanoswarm.node;

import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.offline.workspace.FileChoice;
import io.nanoswarm.session.AgentWishes;
import io.nanoswarm.session.Goal;
import io.nanoswarm.supervisor.Isolation;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a session, or for a plan of one, as it is once it has been checked.
 *
 * <p>Guarantees: goal, time limit and isolation make sense. Whether the folder can be read, and
 * whether the swarm has the roles that are wished for, is found out when they are taken in.
 *
 * @param timeLimit from opening to the session's end, null for none
 * @param swarm what the session's swarm is made of, null for the built-in one
 * @param wishes for the swarm's agents
 * @param isolation where the swarm itself does not name one
 */
record CheckedRequest(
    Goal goal,
    String workspace,
    FileChoice choice,
    @Nullable Duration timeLimit,
    @Nullable SwarmDefinition swarm,
    AgentWishes wishes,
    Isolation isolation) {
  /**
   * @param usual the isolation where the request names none
   * @throws SwarmProblem if the request makes no sense
   */
  static CheckedRequest of(SessionRequest request, Isolation usual) {
    return new CheckedRequest(
        goal(request.goal()),
        request.workspace(),
        new FileChoice(request.include(), request.exclude()),
        timeLimit(request.timeoutSeconds()),
        request.swarm(),
        new AgentWishes(request.agents(), request.isolation()),
        Objects.requireNonNullElse(SwarmIntake.isolation(request.isolation()), usual));
  }

  /**
   * @throws SwarmProblem if the text is none
   */
  static Goal goal(String text) {
    try {
      return new Goal(text);
    } catch (IllegalArgumentException e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST, String.valueOf(e.getMessage()), "ask a question");
    }
  }

  /**
   * @throws SwarmProblem if it is less than a second
   */
  static @Nullable Duration timeLimit(@Nullable Long seconds) {
    if (seconds != null && seconds < 1) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "timeout: %d seconds (expected: at least 1)".formatted(seconds),
          null);
    }
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }
}
