package io.nanoswarm.api;

import io.nanoswarm.blackboard.Evidence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of a blackboard as people see it. */
public record EntryView(
    String path,
    long revision,
    String author,
    @Nullable String task,
    @Nullable String fence,
    Instant at,
    boolean unfinished,
    String content,
    List<Evidence> evidence) {}
