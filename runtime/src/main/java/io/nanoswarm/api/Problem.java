package io.nanoswarm.api;

import org.jspecify.annotations.Nullable;

/**
 * Why the node refused a request.
 *
 * @param error what is wrong, and where
 * @param hint what to do about it
 */
public record Problem(String error, @Nullable String hint) {}
