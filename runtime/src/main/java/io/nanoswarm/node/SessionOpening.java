package io.nanoswarm.node;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.nanoswarm.api.Opened;
import io.nanoswarm.api.PlanView;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.session.AgentWishes;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.PlanCheck;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionTrace;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.trace.TraceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * From what somebody asks for to a session that is stored and driven, or to a plan and no more.
 *
 * <p>Guarantees: a request is checked before anything is done for it. What was done for a session
 * that then could not be opened is undone: it keeps no place in the directory, and no role of a
 * swarm for itself; agents that were started for it stay.
 */
final class SessionOpening {
  private static final String ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 8;

  private final Sessions sessions;
  private final SessionListing listing;
  private final SessionAgents agents;
  private final Sessions.Means means;

  SessionOpening(
      Sessions sessions, SessionListing listing, SessionAgents agents, Sessions.Means means) {
    this.sessions = sessions;
    this.listing = listing;
    this.agents = agents;
    this.means = means;
  }

  /**
   * Opens a session and starts driving it. Completes when it is stored.
   *
   * @param caller the span of whoever asks, null if it has none
   * @throws SwarmProblem if the request makes no sense
   */
  CompletionStage<Opened> open(SessionRequest asked, @Nullable TraceContext caller) {
    var request = CheckedRequest.of(asked, means.isolation());
    SessionId id = newId();
    return swarm(request)
        .thenCompose(swarm -> {
          means.pool().checkMemory(swarm.roster(), request.isolation());
          return sessions.admit().thenCompose(_ -> sessions.use(id, swarm));
        })
        .thenCompose(swarm -> {
          // Before the files are listed: agents take longer to start, and wait for each other's
          // turn.
          var first = agents.startFirst(swarm, request.isolation());
          return take(request)
              .thenCombine(first, (taken, _) -> taken.workspace())
              .thenCompose(workspace -> open(id, request, workspace, swarm, caller))
              .thenApply(_ -> sessions.drive(id));
        })
        .whenComplete((_, failure) -> {
          if (failure != null) {
            means.intakes().inUse().drop(id);
          }
        });
  }

  private CompletionStage<SessionSnapshot> open(
      SessionId id,
      CheckedRequest request,
      Workspace workspace,
      SessionSwarm swarm,
      @Nullable TraceContext caller) {
    Goal goal = request.goal();
    return agents
        .startOthers(swarm, request.isolation(), () -> swarm.planner().plan(id, goal, workspace))
        .thenCompose(_ ->
            listing.list(
                id, goal, workspace, () -> tellOpen(id, request, workspace, swarm, caller)));
  }

  private CompletionStage<SessionSnapshot> tellOpen(
      SessionId id,
      CheckedRequest request,
      Workspace workspace,
      SessionSwarm swarm,
      @Nullable TraceContext caller) {
    TraceContext begun = means.spans().begin(caller, SessionTrace.name(id));
    TraceContext trace = begun == null ? caller : begun;
    // A swarm of a user's own has its wishes in its definition.
    AgentWishes wishes = swarm.definition() == null ? request.wishes().orNull() : null;
    return means
        .asking()
        .ask(
            means.parts().gate().sessions(),
            id.value(),
            replyTo ->
                new Session.Open(
                    request.goal(),
                    workspace,
                    request.timeLimit(),
                    swarm.definition(),
                    trace,
                    wishes,
                    replyTo));
  }

  /**
   * Plans without doing anything.
   *
   * @throws SwarmProblem if the request makes no sense
   */
  CompletionStage<PlanView> plan(SessionRequest asked) {
    var request = CheckedRequest.of(asked, means.isolation());
    SessionId id = newId();
    return swarm(request)
        .thenCompose(swarm ->
            take(request)
                .thenCompose(taken ->
                    swarm
                        .planner()
                        .plan(id, request.goal(), taken.workspace())
                        .thenApply(plan -> view(id, request.goal(), taken, plan))));
  }

  private CompletionStage<SessionSwarm> swarm(CheckedRequest request) {
    var swarms = means.intakes().swarms();
    var definition = request.swarm();
    var wishes = request.wishes();
    if (definition == null) {
      return completedFuture(swarms.usual(wishes));
    }
    swarms.check(definition, wishes.counts());
    return swarms.take(definition.wanted(wishes.counts(), wishes.isolation()));
  }

  private CompletionStage<WorkspaceIntake.Taken> take(CheckedRequest request) {
    return means.intakes().workspaces().take(Path.of(request.workspace()), request.choice());
  }

  private static PlanView view(SessionId id, Goal goal, WorkspaceIntake.Taken taken, Plan plan) {
    List<String> problems = PlanCheck.problems(id, plan);
    if (!problems.isEmpty()) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "the plan is invalid: " + String.join("; ", problems),
          null);
    }
    var skipped = new ArrayList<String>();
    taken
        .manifest()
        .skipped()
        .forEach(each ->
            skipped.add(
                "%d %s, as %s"
                    .formatted(each.files(), each.reason(), String.join(", ", each.examples()))));
    return new PlanView(
        goal.text(),
        taken.workspace().root(),
        taken.workspace().files(),
        taken.workspace().bytes(),
        plan.tasks().stream()
            .map(task ->
                new PlanView.PlannedTask(
                    task.id().name(),
                    task.role().value(),
                    task.title(),
                    task.instructions(),
                    task.priority().name().toLowerCase(Locale.ROOT),
                    task.after().stream().map(TaskId::name).toList()))
            .toList(),
        skipped);
  }

  private SessionId newId() {
    var id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_LETTERS.charAt(means.random().nextInt(ID_LETTERS.length())));
    }
    return new SessionId(id.toString());
  }
}
