package io.nanoswarm.skills.exec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process and all that came of it.
 *
 * <p>Members are found by their parent, by their session, and by a mark in their environment, which
 * those keep that lost the other two. The mark cannot be read while a process becomes another
 * program, so such are looked at again. What clears its environment, leaves its session and loses
 * its parent, all between two looks, is not found.
 */
final class ProcessTree {
  static final int LOOK_EVERY_MILLIS = 100;
  static final String MARK = "NANOSWARM_CHILD=";

  /** The parent of the kernel's own threads, on Linux: they have no environment. */
  private static final long KERNEL = 2;

  private static final int ROUNDS = 50;

  /** How often a process is looked at again of which the mark cannot be told. */
  private static final int DOUBTS = 5;

  private static final long ROUND_MILLIS = 100;
  private static final ProcessHandle SELF = ProcessHandle.current();

  private final Set<Member> members = new HashSet<>();
  private final Set<Long> sessions = new HashSet<>();

  /** May be of this tree, and did not show it: they were just becoming another program. */
  private final List<ProcessTable.Row> doubtful = new ArrayList<>();

  private final String mark;
  private long since;
  private long session;
  private boolean ended;

  /** A pid may be given away again; together with the start it is not. */
  private record Member(long pid, long start) {}

  /** What a tree takes at one moment. */
  record Weight(int processes, long bytes) {}

  /**
   * @param mark beginning of the variable that all its processes were started with
   */
  ProcessTree(String mark) {
    this.mark = mark;
  }

  /**
   * The tree of a process that was just started.
   *
   * @param leads whether the process leads a session of its own, or will in a moment
   */
  static ProcessTree of(ProcessHandle root, boolean leads, String mark) {
    var tree = new ProcessTree(mark);
    tree.session = leads ? root.pid() : 0;
    ProcessTable.read().stream()
        .filter(row -> row.pid() == root.pid())
        .forEach(row -> {
          tree.members.add(new Member(row.pid(), row.start()));
          tree.since = row.start();
        });
    return tree;
  }

  String mark() {
    return mark;
  }

  /** Learns who has joined and who has gone. */
  synchronized Weight look() {
    var rows = find(ProcessTable.read(), false);
    return new Weight(rows.size(), rows.stream().mapToLong(ProcessTable.Row::residentBytes).sum());
  }

  /**
   * Ends all of it, and waits until it is gone.
   *
   * @return whether it is; a process that the system does not let go is not waited for longer than
   *     5 s
   */
  synchronized boolean end() {
    ended = ended || endInRounds();
    return ended;
  }

  private boolean endInRounds() {
    int doubts = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var rows = find(ProcessTable.read(), true);
      if (rows.isEmpty() && (doubtful.isEmpty() || doubts == DOUBTS)) {
        return true;
      }
      if (rows.isEmpty()) {
        doubts++;
      }
      kill(rows);
      await(rows.isEmpty() ? doubtful : rows);
    }
    return false;
  }

  private List<ProcessTable.Row> find(List<ProcessTable.Row> table, boolean byMark) {
    long own =
        table.stream()
            .filter(row -> row.pid() == SELF.pid())
            .findAny()
            .map(ProcessTable.Row::session)
            .orElse(0L);
    var pids = new HashSet<Long>();
    doubtful.clear();
    int before;
    do {
      before = pids.size();
      for (var row : table) {
        if (row.pid() != SELF.pid() && !pids.contains(row.pid()) && belongs(row, pids, byMark)) {
          pids.add(row.pid());
        }
      }
    } while (pids.size() > before);
    var found = table.stream().filter(row -> pids.contains(row.pid())).toList();
    members.clear();
    sessions.clear();
    for (var row : found) {
      members.add(new Member(row.pid(), row.start()));
      if (row.session() != 0 && row.session() != own) {
        sessions.add(row.session());
      }
    }
    return found;
  }

  private boolean belongs(ProcessTable.Row row, Set<Long> pids, boolean byMark) {
    return members.contains(new Member(row.pid(), row.start()))
        || pids.contains(row.parent())
        || sessions.contains(row.session())
        || (session != 0 && row.session() == session)
        || (byMark && isMarked(row));
  }

  private boolean isMarked(ProcessTable.Row row) {
    return switch (ProcessTable.shows(row.pid(), mark)) {
      case THE_VARIABLE -> true;
      case OTHERS -> false;
      case NOTHING -> {
        if (row.start() >= since && row.parent() != KERNEL && row.pid() != KERNEL) {
          doubtful.add(row);
        }
        yield false;
      }
    };
  }

  /** A whole group at once where it is none of ours: nobody in it can fork meanwhile. */
  private void kill(List<ProcessTable.Row> rows) {
    rows.stream()
        .map(ProcessTable.Row::group)
        .filter(sessions::contains)
        .distinct()
        .forEach(Posix::killGroup);
    rows.forEach(row -> ProcessHandle.of(row.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }

  private static void await(List<ProcessTable.Row> rows) {
    var ended =
        rows.stream()
            .map(row -> ProcessHandle.of(row.pid()))
            .flatMap(Optional::stream)
            .map(ProcessHandle::onExit)
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ended).get(ROUND_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      // Ending goes before being ended; whoever asked finds out.
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // The next look tells.
    }
  }
}
