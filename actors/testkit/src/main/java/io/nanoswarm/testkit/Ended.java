package io.nanoswarm.testkit;

import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskSpec;
import java.time.Instant;
import java.util.List;

/** How an agent ended its attempt. */
public sealed interface Ended {

  record Settled(Outcome outcome) implements Ended {}

  record Released(String reason) implements Ended {}

  record Delegated(List<TaskSpec> children, String checkpoint) implements Ended {
    public Delegated {
      children = List.copyOf(children);
    }
  }

  record AskedHuman(String question, String checkpoint) implements Ended {}

  record Slept(Instant until, String checkpoint) implements Ended {}

  record HandedOff(AgentRole role, String context) implements Ended {}
}
