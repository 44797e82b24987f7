package io.nanoswarm.api;

/** A session was opened or taken up again, and is stored. */
public record Opened(String id) {}
