package io.nanoswarm.testkit;

import io.nanoswarm.blackboard.Entry;
import java.util.List;

/** What can be asserted of swarms, beside AssertJ's own. */
public final class SwarmAssertions {
  private SwarmAssertions() {}

  public static BoardAssert assertThatBoard(List<Entry> entries) {
    return new BoardAssert(entries);
  }

  public static BoardAssert assertThatBoard(ScriptedSwarm swarm) {
    return new BoardAssert(swarm.entries());
  }

  public static BoardAssert assertThatBoard(SwarmRun run) {
    return new BoardAssert(run.entries());
  }

  public static RunAssert assertThatRun(SwarmRun run) {
    return new RunAssert(run);
  }

  public static ChannelAssert assertThatChannel(ChannelLog log) {
    return new ChannelAssert(log);
  }
}
