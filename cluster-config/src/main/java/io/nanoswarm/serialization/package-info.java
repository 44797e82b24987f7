/**
 * How messages and events cross a wire or enter a journal. The bindings themselves are in {@code
 * swarm-serialization.conf}; no message is defined here.
 */
@NullMarked
package io.nanoswarm.serialization;

import org.jspecify.annotations.NullMarked;
