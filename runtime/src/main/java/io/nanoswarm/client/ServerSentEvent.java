package io.nanoswarm.client;

import org.jspecify.annotations.Nullable;

/**
 * One event of a {@code text/event-stream}.
 *
 * @param id null if it had none
 */
record ServerSentEvent(@Nullable String id, String data) {

  /** Puts events together from lines; comments and fields nobody needs are passed over. */
  static final class Assembly {
    private final StringBuilder data = new StringBuilder();
    private @Nullable String id;

    /** The event that this line completes, or null; an event without data keeps the line alive. */
    @Nullable ServerSentEvent add(String line) {
      if (line.isEmpty()) {
        return dispatch();
      }
      int colon = line.indexOf(':');
      var field = colon < 0 ? line : line.substring(0, colon);
      var value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "id" -> id = value;
        case "data" -> data.append(value).append('\n');
        default -> {}
      }
      return null;
    }

    private @Nullable ServerSentEvent dispatch() {
      if (data.isEmpty()) {
        return null;
      }
      var text = data.substring(0, data.length() - 1);
      data.setLength(0);
      return text.isEmpty() ? null : new ServerSentEvent(id, text);
    }
  }
}
