package io.nanoswarm.supervisor;

/** How far an agent is kept apart from others; invisible to the agent. */
public enum Isolation {
  /** One agent, one JVM: whatever it does takes down nothing else. */
  PROCESS,
  /**
   * All agents of this kind on a machine share one JVM, for many light agents that are trusted: one
   * that exhausts the heap or does not listen takes the others along.
   */
  SHARED
}
