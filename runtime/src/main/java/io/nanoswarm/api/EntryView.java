package io.nanoswarm.api;

import io.nanoswarm.blackboard.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a blackboard as people see it.
 *
 * @param attributes what its author says of it to programs
 */
public record EntryView(
    String path,
    long revision,
    String author,
    @Nullable String task,
    @Nullable String fence,
    Instant at,
    boolean unfinished,
    String content,
    List<Evidence> evidence,
    Map<String, String> attributes) {
  /** What JSON leaves out is empty. */
  public EntryView {
    evidence = evidence == null ? List.of() : List.copyOf(evidence);
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
  }
}
