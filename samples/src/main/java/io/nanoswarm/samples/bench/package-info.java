/**
 * Measures a real swarm: what more agents gain, what a task costs, how long agents take to come up.
 * The figures and how to get them are in {@code docs/benchmarks.md}; no part of a running swarm.
 */
@NullMarked
package io.nanoswarm.samples.bench;

import org.jspecify.annotations.NullMarked;
