package io.nanoswarm.session;

import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a watcher of a session what has happened. A hint: the journal is the truth, and {@code now}
 * is the whole of it.
 *
 * @param now the session after what happened
 * @param stored the events that led to it since the last update, empty for the first
 * @param began the attempt that has just begun, if that is what happened
 */
public record SessionUpdate(SessionSnapshot now, List<SessionEvent> stored, @Nullable Running began)
    implements CborSerializable {
  public SessionUpdate {
    stored = List.copyOf(stored);
  }
}
