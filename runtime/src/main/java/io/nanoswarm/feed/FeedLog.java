package io.nanoswarm.feed;

import io.nanoswarm.api.Progress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest events of a feed, numbered. Not thread safe. */
final class FeedLog {
  /** How many events are kept for subscribers that come back. */
  static final int KEPT = 2000;

  private final String incarnation;
  private final ArrayDeque<FeedItem> items = new ArrayDeque<>();
  private long last;

  FeedLog(String incarnation) {
    this.incarnation = incarnation;
  }

  FeedItem add(Progress progress) {
    last++;
    var item = latest(progress);
    items.addLast(item);
    if (items.size() > KEPT) {
      items.removeFirst();
    }
    return item;
  }

  /** Under the number of the latest event: for what only one subscriber hears. */
  FeedItem latest(Progress progress) {
    return new FeedItem(incarnation + "-" + last, progress);
  }

  /** What came after an event; empty if that is not known any more. */
  Optional<List<FeedItem>> after(@Nullable String id) {
    if (id == null || !id.startsWith(incarnation + "-")) {
      return Optional.empty();
    }
    long seen;
    try {
      seen = Long.parseLong(id.substring(incarnation.length() + 1));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
    long missed = last - seen;
    return missed < 0 || missed > items.size()
        ? Optional.empty()
        : Optional.of(items.stream().skip(items.size() - missed).toList());
  }
}
