package io.nanoswarm.api;

/**
 * A node answers, and who it is.
 *
 * @param version of the program the node runs
 * @param pid of the node's JVM
 */
public record Health(String version, long pid) {}
