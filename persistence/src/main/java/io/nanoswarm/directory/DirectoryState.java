package io.nanoswarm.directory;

import io.nanoswarm.session.SessionId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lines of all sessions, in the order in which they were listed. Pure. Bounded by the entity's
 * limit.
 */
record DirectoryState(Map<SessionId, SessionLine> lines) {
  static final DirectoryState EMPTY = new DirectoryState(Map.of());

  DirectoryState {
    lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
  }

  DirectoryState apply(DirectoryEvent event) {
    var next = new LinkedHashMap<>(lines);
    switch (event) {
      case DirectoryEvent.SessionListed(var at, var session, var goal, var workspace) ->
          next.put(session, new SessionLine(session, goal, workspace, at, null, null, null));
      case DirectoryEvent.SessionEnded(var at, var session, var ending) ->
          next.replace(session, known(session).ended(ending, at));
      case DirectoryEvent.SessionReopened(_, var session) ->
          next.replace(session, known(session).reopened());
      case DirectoryEvent.FollowUpNoted(_, var session, var number, var goal) ->
          next.replace(session, known(session).asked(new SessionLine.Latest(number, goal)));
      case DirectoryEvent.SessionRemoved(_, var session) -> next.remove(known(session).session());
    }
    return new DirectoryState(next);
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
