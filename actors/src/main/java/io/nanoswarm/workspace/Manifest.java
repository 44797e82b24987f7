package io.nanoswarm.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The files of a workspace that agents may read, and how many were passed over and why.
 *
 * @param files sorted by path
 * @param skipped what was passed over, by reason, sorted by reason
 * @param include patterns of the files that alone were wanted; empty for all
 * @param exclude patterns of those that were not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Manifest(
    @JsonInclude(JsonInclude.Include.ALWAYS) List<File> files,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<Skipped> skipped,
    List<String> include,
    List<String> exclude) {

  /**
   * @param path relative to the workspace, with {@code /} between folders
   * @param size in bytes
   * @param sha256 of the content
   */
  public record File(String path, long size, String sha256) {}

  /**
   * @param reason as {@code binary}, {@code larger than 1 MiB}, {@code unreadable}
   * @param files how many
   * @param examples up to three of their paths
   */
  public record Skipped(String reason, int files, List<String> examples) {}

  /** What JSON leaves out is empty: manifests that were kept before there were patterns. */
  public Manifest {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
  }
}
