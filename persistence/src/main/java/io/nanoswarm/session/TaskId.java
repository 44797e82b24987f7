package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one task: {@code <session>/<name>}, and {@code <session>/<parent>.<name>} for the child of
 * another task.
 *
 * <p>Ids derive from their parent and name, so that creating a task twice creates it once.
 */
public record TaskId(@JsonValue String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "[a-z0-9][a-z0-9-]{2,63}/[a-z0-9][a-z0-9-]{0,47}(\\.[a-z0-9][a-z0-9-]{0,47}){0,7}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TaskId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "task id: '%s' (expected: <session>/<name>, lower-case letters, digits and dashes, at most 8 names deep)"
              .formatted(value));
    }
  }

  public static TaskId of(SessionId session, String name) {
    return new TaskId(session.value() + "/" + name);
  }

  /** The id of a task that this one delegates. */
  public TaskId child(String name) {
    return new TaskId(value + "." + name);
  }

  /** Whose child this task is by its name, null if it was planned. */
  @Nullable TaskId parent() {
    int dot = value.lastIndexOf('.');
    return dot < 0 ? null : new TaskId(value.substring(0, dot));
  }

  public SessionId session() {
    return new SessionId(value.substring(0, value.indexOf('/')));
  }

  /** The id without its session, as it is shown to people. */
  public String name() {
    return value.substring(value.indexOf('/') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
