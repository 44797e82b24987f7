package io.nanoswarm.offline;

import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.ArtifactsAway;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.workspace.Parts;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.planner.PlannerUnavailable;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.workspace.Manifest;
import io.nanoswarm.workspace.ManifestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Plans a search of the whole workspace: index its parts, search them, judge what was found,
 * answer.
 *
 * <p>Guarantees: the plan follows from goal and workspace alone; the manifest is read on the given
 * executor, never on the caller's thread. The workspace has one part for every 60 files, at most
 * 12.
 */
public final class OfflinePlanner implements Planner {
  private final ArtifactStore artifacts;
  private final Executor blocking;

  /**
   * @param artifacts where the manifest is
   * @param blocking runs what blocks
   */
  public OfflinePlanner(ArtifactStore artifacts, Executor blocking) {
    this.artifacts = artifacts;
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace) {
    return plan(session, goal, Earlier.NONE, workspace);
  }

  @Override
  public CompletionStage<Plan> plan(
      SessionId session, Goal goal, Earlier earlier, Workspace workspace) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<Manifest.File> files = files(workspace);
          int parts = Parts.count(files.size());
          return new SearchPlan(
                  session, Question.of(goal.text(), earlier.texts()), Parts.cut(files, parts))
              .plan();
        },
        blocking);
  }

  private List<Manifest.File> files(Workspace workspace) {
    try {
      return ManifestJson.read(artifacts.get(workspace.manifest())).files();
    } catch (ArtifactsAway e) {
      throw new PlannerUnavailable(e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the list of files in %s cannot be read: %s; open the session anew"
              .formatted(workspace.root(), e.getMessage()),
          e);
    }
  }
}
