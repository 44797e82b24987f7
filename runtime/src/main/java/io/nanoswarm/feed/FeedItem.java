package io.nanoswarm.feed;

import io.nanoswarm.api.Progress;

/**
 * One event of a feed.
 *
 * @param id names it to a subscriber that comes back: {@code <incarnation>-<number>}
 */
public record FeedItem(String id, Progress progress) {}
