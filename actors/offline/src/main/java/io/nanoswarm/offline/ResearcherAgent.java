package io.nanoswarm.offline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.offline.critique.Objection;
import io.nanoswarm.offline.embedding.Embeddings;
import io.nanoswarm.offline.research.ChangedFiles;
import io.nanoswarm.offline.research.FindingEntry;
import io.nanoswarm.offline.research.Research;
import io.nanoswarm.offline.search.IndexCache;
import io.nanoswarm.offline.search.IndexCacheSettings;
import io.nanoswarm.offline.search.WorkspaceIndex;
import io.nanoswarm.offline.workspace.OpenWorkspace;
import io.nanoswarm.offline.workspace.Parts;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Indexes or searches one part of the workspace, as the task's parameters say.
 *
 * <p>Guarantees: performing a task again posts the same entries at the same paths. A part whose
 * index is not on this machine is indexed on the way.
 */
public final class ResearcherAgent implements Agent {
  private final AtomicReference<@Nullable Searched> latest = new AtomicReference<>();

  /** A workspace that was searched, so that the next part of it is searched with less work. */
  private record Searched(Workspace workspace, int parts, Research research) {}

  @Override
  public Behavior<Message> create() {
    return Behaviors.setup(context -> {
      var settings = IndexCacheSettings.create(context.getSystem());
      return Agent.blocking(
              (task, swarm) -> new AttemptEnd.Settled(perform(task, swarm.context(), settings)))
          .create();
    });
  }

  private Outcome perform(Task task, SwarmContext swarm, IndexCacheSettings settings)
      throws IOException, InterruptedException {
    OpenWorkspace workspace =
        OpenWorkspace.open(task.workspace(), swarm.artifacts(), swarm.cache());
    int count = number(task, SearchPlan.PARTS);
    int part = number(task, SearchPlan.PART);
    String work = task.parameter(SearchPlan.WORK).orElse(SearchPlan.SEARCH);
    List<List<Manifest.File>> parts = Parts.cut(workspace.manifest().files(), count);
    if (part < 1 || part > parts.size()) {
      return new Outcome.Failed(
          "part: %d (expected: 1 to %d)".formatted(part, parts.size()), false);
    }
    var cache = new IndexCache(swarm.cache(), settings);
    return switch (work) {
      case SearchPlan.INDEX -> index(workspace, parts.get(part - 1), cache, swarm);
      case SearchPlan.AGAIN -> again(task, workspace, parts, cache, swarm);
      default -> search(task, workspace, parts, part, cache, swarm);
    };
  }

  private static Outcome index(
      OpenWorkspace workspace, List<Manifest.File> files, IndexCache cache, SwarmContext swarm)
      throws IOException, InterruptedException {
    IndexCache.Opened opened = cache.open(workspace.root(), files, swarm::progress);
    try (var reader = opened.reader()) {
      return new Outcome.Completed(
          "%d files in %d passages are ready to be searched%s"
              .formatted(
                  files.size() - opened.changed().size(),
                  reader.numDocs(),
                  ChangedFiles.remark(opened.changed())));
    }
  }

  private Outcome search(
      Task task,
      OpenWorkspace workspace,
      List<List<Manifest.File>> parts,
      int part,
      IndexCache cache,
      SwarmContext swarm)
      throws IOException, InterruptedException {
    try (var index = WorkspaceIndex.open(cache, workspace.root(), parts, swarm::progress)) {
      List<Manifest.File> files = parts.get(part - 1);
      Embeddings.Loaded meanings = Embeddings.load(swarm.cache());
      Research.Result result =
          research(task.workspace(), workspace.root(), parts, meanings)
              .search(ThisQuestion.of(task), index, part, swarm::progress);
      return posted(task, files, result, meanings, swarm);
    }
  }

  private Outcome again(
      Task task,
      OpenWorkspace workspace,
      List<List<Manifest.File>> parts,
      IndexCache cache,
      SwarmContext swarm)
      throws IOException, InterruptedException {
    List<String> off = Objection.off(task.parameter(Objection.parameter()));
    try (var index = WorkspaceIndex.open(cache, workspace.root(), parts, swarm::progress)) {
      Embeddings.Loaded meanings = Embeddings.load(swarm.cache());
      Research.Result result =
          research(task.workspace(), workspace.root(), parts, meanings)
              .again(ThisQuestion.of(task), index, off, swarm::progress);
      return posted(task, workspace.manifest().files(), result, meanings, swarm);
    }
  }

  private static Outcome posted(
      Task task,
      List<Manifest.File> files,
      Research.Result result,
      Embeddings.Loaded meanings,
      SwarmContext swarm)
      throws IOException, InterruptedException {
    List<String> changed = ChangedFiles.of(files, result.changed());
    var drafts = new ArrayList<Draft>();
    for (int i = 0; i < result.findings().size(); i++) {
      drafts.add(
          FindingEntry.draft(task.id().name(), i + 1, result.findings().get(i), result.coverage()));
    }
    if (!changed.isEmpty()) {
      drafts.add(ChangedFiles.draft(task.id().name(), changed));
    }
    for (var posted : drafts.stream().map(draft -> swarm.blackboard().post(draft)).toList()) {
      var _ = Waiting.on(posted);
    }
    return new Outcome.Completed(
        summary(files.size(), result) + meanings.remark() + ChangedFiles.remark(changed));
  }

  private Research research(
      Workspace workspace, Path root, List<List<Manifest.File>> parts, Embeddings.Loaded meanings) {
    Searched before = latest.get();
    if (before != null && before.workspace().equals(workspace) && before.parts() == parts.size()) {
      return before.research();
    }
    var research = new Research(root, parts, meanings.embeddings());
    latest.set(new Searched(workspace, parts.size(), research));
    return research;
  }

  private static String summary(int files, Research.Result result) {
    if (result.findings().isEmpty()) {
      return "nothing relevant in %d files".formatted(files);
    }
    return "%d relevant places in %d files, the best is %s"
        .formatted(
            result.findings().size(), files, result.findings().getFirst().evidence().place());
  }

  private static int number(Task task, String parameter) {
    return task.parameter(parameter).map(Integer::parseInt).orElse(1);
  }
}
