package io.nanoswarm.planner;

/** No plan can be made at the moment: who asked for it asks again, and nothing ends by it. */
public final class PlannerUnavailable extends RuntimeException {

  /**
   * @param why its message is this one's, for a log
   */
  public PlannerUnavailable(Throwable why) {
    super(why.getMessage(), why);
  }
}
