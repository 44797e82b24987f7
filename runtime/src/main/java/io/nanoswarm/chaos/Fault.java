package io.nanoswarm.chaos;

/** What is done to processes. */
public enum Fault {
  KILL_WORKER("kill -9 of a worker", Target.WORKER, false),
  KILL_NODE("kill -9 of the control node", Target.NODE, false),
  KILL_ALL("kill -9 of everything at once", Target.ALL, false),
  PAUSE_WORKER("worker paused, shorter than its lease", Target.WORKER, true),
  PAUSE_WORKER_LONG("worker paused, longer than its lease", Target.WORKER, true),
  PAUSE_NODE("control node paused, shorter than a lease", Target.NODE, true),
  PAUSE_NODE_LONG("control node paused, longer than a lease", Target.NODE, true);

  /** Who is hit. */
  enum Target {
    WORKER,
    NODE,
    ALL
  }

  private final String text;
  private final Target target;
  private final boolean pause;

  Fault(String text, Target target, boolean pause) {
    this.text = text;
    this.target = target;
    this.pause = pause;
  }

  /** For people. */
  public String text() {
    return text;
  }

  Target target() {
    return target;
  }

  boolean pause() {
    return pause;
  }

  boolean outlivesLease() {
    return this == PAUSE_WORKER_LONG || this == PAUSE_NODE_LONG;
  }
}
