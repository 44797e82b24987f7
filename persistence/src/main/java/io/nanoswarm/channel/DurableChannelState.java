package io.nanoswarm.channel;

import io.nanoswarm.channel.DurableChannelEvent.MessagePublished;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Pure: the messages that a channel keeps.
 *
 * @param oldest the offset of the first message kept, from 1
 * @param kept the texts from that offset on, as many as the settings allow
 * @param bytes of all texts kept, as UTF-8
 */
record DurableChannelState(long oldest, List<String> kept, long bytes) {
  static final DurableChannelState EMPTY = new DurableChannelState(1, List.of(), 0);

  DurableChannelState {
    kept = List.copyOf(kept);
  }

  /** The offset of the latest message, 0 before the first. */
  long latest() {
    return oldest + kept.size() - 1;
  }

  DurableChannelState apply(DurableChannelEvent event) {
    return switch (event) {
      case MessagePublished(var offset, var text, var oldestKept) ->
          append(offset, text).from(oldestKept);
    };
  }

  /** What becomes of a text that is published now, so that the channel stays within its bounds. */
  MessagePublished published(String text, int maxMessages, long maxBytes) {
    int drop = 0;
    long total = bytes + size(text);
    while (drop < kept.size() && (kept.size() - drop >= maxMessages || total > maxBytes)) {
      total -= size(kept.get(drop));
      drop++;
    }
    return new MessagePublished(latest() + 1, text, oldest + drop);
  }

  /** The text at an offset that is kept. */
  String at(long offset) {
    return kept.get(Math.toIntExact(offset - oldest));
  }

  static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A fact that does not fit means a corrupt journal: fail recovery loudly. */
  private DurableChannelState append(long offset, String text) {
    if (offset != latest() + 1) {
      throw new IllegalStateException("offset %d (expected: %d)".formatted(offset, latest() + 1));
    }
    var longer = new ArrayList<>(kept);
    longer.add(text);
    return new DurableChannelState(oldest, longer, bytes + size(text));
  }

  private DurableChannelState from(long first) {
    if (first < oldest || first > latest()) {
      throw new IllegalStateException(
          "oldest %d (expected: %d to %d)".formatted(first, oldest, latest()));
    }
    int drop = Math.toIntExact(first - oldest);
    long dropped = kept.subList(0, drop).stream().mapToLong(DurableChannelState::size).sum();
    return new DurableChannelState(first, kept.subList(drop, kept.size()), bytes - dropped);
  }
}
