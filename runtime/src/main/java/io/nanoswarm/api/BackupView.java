package io.nanoswarm.api;

/** A data folder was copied into a file of so many bytes. */
public record BackupView(String file, long bytes, int sessions) {}
