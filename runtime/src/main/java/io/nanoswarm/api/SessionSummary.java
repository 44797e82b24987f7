package io.nanoswarm.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of sessions.
 *
 * @param status as in {@link SessionView}; {@code paused} and {@code running} tell an unfinished
 *     one apart
 */
public record SessionSummary(
    String id,
    String goal,
    String workspace,
    String status,
    Instant openedAt,
    @Nullable Instant endedAt) {}
