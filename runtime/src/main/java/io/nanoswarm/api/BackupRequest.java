package io.nanoswarm.api;

/**
 * Asks the node to copy its data folder.
 *
 * @param file where to, absolute; it must not exist
 */
public record BackupRequest(String file) {}
