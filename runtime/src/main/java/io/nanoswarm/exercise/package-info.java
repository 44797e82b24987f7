/**
 * An agent that does little, and all of what an agent may do: posts in steps, delegates, sleeps,
 * asks. It is what a swarm is tried with, and no use otherwise. How it is tried is not here.
 */
@NullMarked
package io.nanoswarm.exercise;

import org.jspecify.annotations.NullMarked;
