package io.nanoswarm.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nanoswarm.session.SessionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all sessions, in the order in which they were listed. Pure. Bounded by the entity's
 * limit.
 *
 * @param removed those that are listed no more, the latest last; JSON leaves it out if there are
 *     none, and has none where an older program wrote it
 */
record DirectoryState(
    Map<SessionId, SessionLine> lines,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SessionId> removed) {
  static final DirectoryState EMPTY = new DirectoryState(Map.of(), List.of());

  /** Whoever still works for a session that is older than so many deletions has gone long ago. */
  static final int REMEMBERED = 1000;

  DirectoryState(Map<SessionId, SessionLine> lines, @Nullable List<SessionId> removed) {
    this.lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    this.removed = removed == null ? List.of() : List.copyOf(removed);
  }

  /** How many are not over, as far as the directory was told. */
  int unfinished() {
    return Math.toIntExact(lines.values().stream().filter(line -> line.ending() == null).count());
  }

  DirectoryState apply(DirectoryEvent event) {
    var next = new LinkedHashMap<>(lines);
    var gone = new ArrayList<>(removed);
    switch (event) {
      case DirectoryEvent.SessionListed(var at, var session, var goal, var workspace) -> {
        next.put(session, new SessionLine(session, goal, workspace, at, null, null, null, null));
        gone.remove(session);
      }
      case DirectoryEvent.SessionEnded(var at, var session, var ending) ->
          next.replace(session, known(session).ended(ending, at));
      case DirectoryEvent.SessionReopened(var at, var session) ->
          next.replace(session, known(session).reopened(at));
      case DirectoryEvent.FollowUpNoted(_, var session, var number, var goal) ->
          next.replace(session, known(session).asked(new SessionLine.Latest(number, goal)));
      case DirectoryEvent.SessionRemoved(_, var session) -> {
        next.remove(known(session).session());
        gone.add(session);
      }
    }
    return new DirectoryState(
        next, gone.subList(Math.max(0, gone.size() - REMEMBERED), gone.size()));
  }

  private SessionLine known(SessionId session) {
    SessionLine line = lines.get(session);
    if (line == null) {
      throw new IllegalStateException(
          "session %s was never listed; the journal of the directory is corrupt"
              .formatted(session));
    }
    return line;
  }
}
