package io.nanoswarm.planner;

import io.nanoswarm.session.Earlier;
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

  /**
   * Fails with {@link PlannerUnavailable} if no plan can be made for now, which leaves the session
   * as it is until it is asked again; and with any other exception if none can be made at all,
   * which ends the session: its message is one that a user can act upon.
   */
  CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace);

  /**
   * The same for a question that may follow others. Tasks are named as for a first question: they
   * are given names of their own, and so are the entries that parameters name as their results.
   *
   * @param earlier what the session was asked before; a planner that does not care plans as if it
   *     were nothing
   */
  default CompletionStage<Plan> plan(
      SessionId session, Goal goal, Earlier earlier, Workspace workspace) {
    return plan(session, goal, workspace);
  }
}
