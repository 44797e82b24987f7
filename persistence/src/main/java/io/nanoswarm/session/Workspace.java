package io.nanoswarm.session;

import io.nanoswarm.artifact.ArtifactRef;

/**
 * The folder a session works on, as it was when the session was opened.
 *
 * @param root absolute path of the folder on the machine that opened the session
 * @param manifest the list of its files (path, size, hash), in the artifact store
 * @param files how many files the manifest lists
 * @param bytes their total size
 */
public record Workspace(String root, ArtifactRef manifest, int files, long bytes) {}
