package io.nanoswarm.samples;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.api.Progress;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import java.time.Duration;
import java.util.List;

/** One rung of the ladder: a swarm, and what to ask it. */
public interface Sample {

  /** So many agents of a role. */
  record Member(AgentSpec spec, int count) {
    public static Member of(String role, Class<? extends Agent> agent, String description) {
      return new Member(AgentSpec.of(new AgentRole(role), agent, description), 1);
    }

    public Member times(int many) {
      return new Member(spec, many);
    }
  }

  /** What is asked if nothing else is. */
  String goal();

  List<Member> agents();

  Planner planner();

  /** The session ends after this long, done or not. */
  default Duration timeLimit() {
    return Duration.ofMinutes(2);
  }

  /** Is told what happens while the sample runs. */
  default void onProgress(Progress progress, EndpointClient client) {}
}
