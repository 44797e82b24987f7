package io.nanoswarm.api;

/** Asks the node to stop a session for good. */
public record CancelRequest(String reason) {}
