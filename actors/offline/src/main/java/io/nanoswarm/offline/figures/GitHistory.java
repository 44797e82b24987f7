package io.nanoswarm.offline.figures;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Reads the latest commits that touch a folder, from the repository that it lies in. Nothing is
 * fetched, written or executed.
 *
 * <p>Bounds: {@value #COMMITS} commits, {@value #WALKED} looked at for them, {@value #CHANGES}
 * changed files. Whatever is odd about a repository ends in no history and a remark.
 */
final class GitHistory {
  static final int COMMITS = 1_000;
  static final int WALKED = 10_000;
  static final int CHANGES = 60_000;

  /** One commit that touches the folder; paths are relative to the folder. */
  record Change(String day, String author, String subject, List<String> paths) {
    Change {
      paths = List.copyOf(paths);
    }
  }

  /**
   * @param changes the latest first
   * @param complete whether there are no others
   * @param remark why there are none, or not all; empty if all are there
   */
  record Changes(List<Change> changes, boolean complete, String remark) {
    Changes {
      changes = List.copyOf(changes);
    }

    static Changes none(String remark) {
      return new Changes(List.of(), true, remark);
    }
  }

  private GitHistory() {}

  /** Blocks for as long as it takes to read that many commits. */
  static Changes read(Path folder) throws InterruptedException {
    try {
      File git = new FileRepositoryBuilder().findGitDir(folder.toFile()).getGitDir();
      if (git == null) {
        return Changes.none("The folder is in no git repository");
      }
      try (Repository repository =
          new FileRepositoryBuilder().setGitDir(git).setMustExist(true).build()) {
        return read(repository, folder);
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      return Changes.none("The history of the repository cannot be read: " + e.getMessage());
    }
  }

  private static Changes read(Repository repository, Path folder)
      throws IOException, InterruptedException {
    ObjectId head = repository.resolve("HEAD");
    if (head == null) {
      return Changes.none("The repository has no commit yet");
    }
    if (repository.isBare()) {
      return Changes.none("The repository has no files of its own");
    }
    String prefix = prefix(repository, folder);
    Set<ObjectId> shallow = repository.getObjectDatabase().getShallowCommits();
    var changes = new ArrayList<Change>();
    int left = CHANGES;
    int walked = 0;
    boolean more = false;
    try (var walk = new RevWalk(repository)) {
      walk.sort(RevSort.COMMIT_TIME_DESC);
      walk.markStart(walk.parseCommit(head));
      for (RevCommit commit : walk) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (changes.size() >= COMMITS || walked++ >= WALKED || left <= 0) {
          more = true;
          break;
        }
        // A merge says again what its parents said; what a shallow clone begins with says nothing.
        if (commit.getParentCount() <= 1 && !shallow.contains(commit.getId())) {
          List<String> paths = paths(repository, walk, commit, prefix, left);
          left -= paths.size();
          if (!paths.isEmpty()) {
            changes.add(change(commit, paths));
          }
        }
      }
    }
    return told(changes, more, !shallow.isEmpty());
  }

  private static Changes told(List<Change> changes, boolean more, boolean shallow) {
    if (changes.isEmpty()) {
      return Changes.none(
          shallow
              ? "The clone is shallow and holds no change of this folder"
              : "No commit changes a file of this folder");
    }
    String remark = more ? "the latest ones" : shallow ? "a shallow clone holds no others" : "";
    return new Changes(changes, !more && !shallow, remark);
  }

  private static Change change(RevCommit commit, List<String> paths) {
    LocalDate day =
        LocalDate.ofInstant(Instant.ofEpochSecond(commit.getCommitTime()), ZoneOffset.UTC);
    return new Change(
        day.toString(), commit.getAuthorIdent().getName(), commit.getShortMessage(), paths);
  }

  /** Where the folder lies in the repository: empty, or with a slash at its end. */
  private static String prefix(Repository repository, Path folder) throws IOException {
    Path top = repository.getWorkTree().toPath().toRealPath();
    String relative =
        top.relativize(folder.toRealPath()).toString().replace(File.separatorChar, '/');
    return relative.isEmpty() ? "" : relative + "/";
  }

  private static List<String> paths(
      Repository repository, RevWalk walk, RevCommit commit, String prefix, int most)
      throws IOException {
    var paths = new ArrayList<String>();
    try (var tree = new TreeWalk(repository, walk.getObjectReader())) {
      tree.setRecursive(true);
      if (commit.getParentCount() == 0) {
        tree.addTree(new EmptyTreeIterator());
      } else {
        tree.addTree(walk.parseCommit(commit.getParent(0)).getTree());
      }
      tree.addTree(commit.getTree());
      tree.setFilter(
          prefix.isEmpty()
              ? TreeFilter.ANY_DIFF
              : AndTreeFilter.create(
                  PathFilter.create(prefix.substring(0, prefix.length() - 1)),
                  TreeFilter.ANY_DIFF));
      while (tree.next() && paths.size() < most) {
        String path = tree.getPathString();
        if (path.startsWith(prefix)) {
          paths.add(path.substring(prefix.length()));
        }
      }
    }
    return paths;
  }
}
