package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.nanoswarm.artifact.ArtifactRef;
import org.jspecify.annotations.Nullable;

/**
 * The folder a session works on, as it was when the session was opened.
 *
 * @param root absolute path of the folder on the machine that opened the session
 * @param manifest the list of its files (path, size, hash), in the artifact store
 * @param files how many files the manifest lists
 * @param bytes their total size
 * @param copy the files themselves, in the artifact store, for machines that do not have the
 *     folder; null if all have it
 */
public record Workspace(
    String root,
    ArtifactRef manifest,
    int files,
    long bytes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ArtifactRef copy) {

  @JsonCreator
  public Workspace {}

  /** Of a folder that every machine has. */
  public Workspace(String root, ArtifactRef manifest, int files, long bytes) {
    this(root, manifest, files, bytes, null);
  }
}
