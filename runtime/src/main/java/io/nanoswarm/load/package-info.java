/**
 * A load test of the swarm on a node of its own: what arrives when, what is measured, and what the
 * journal does alone. How a report looks is not here, but in {@code report} and in the command.
 */
@NullMarked
package io.nanoswarm.load;

import org.jspecify.annotations.NullMarked;
