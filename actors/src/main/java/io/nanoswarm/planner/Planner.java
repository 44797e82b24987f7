package io.nanoswarm.planner;

import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.Workspace;
import java.util.concurrent.CompletionStage;

/**
 * Turns a goal and a workspace into tasks.
 *
 * <p>Implementations answer asynchronously and never block the caller. A plan is a proposal: it is
 * checked by {@link io.nanoswarm.session.PlanCheck} and refused with its reasons before anything of
 * it is stored. The same goal over the same workspace should give the same plan; it must not depend
 * on how many agents run.
 */
public interface Planner {

  /** Fails with an exception whose message a user can act upon if no plan can be made. */
  CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace);
}
