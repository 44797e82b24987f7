package io.nanoswarm.workspace;

import java.util.List;

/**
 * The files of a workspace that agents may read, and how many were passed over and why.
 *
 * @param files sorted by path
 * @param skipped what was passed over, by reason, sorted by reason
 */
public record Manifest(List<File> files, List<Skipped> skipped) {

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

  public Manifest {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }
}
