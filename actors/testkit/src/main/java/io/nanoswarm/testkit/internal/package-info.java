/** The machinery of a swarm in one JVM: turns, time, shards and a network that a test can break. */
@NullMarked
package io.nanoswarm.testkit.internal;

import org.jspecify.annotations.NullMarked;
