/** The smallest swarm: one agent, one task. Nothing here is needed by any other package. */
@NullMarked
package io.nanoswarm.samples.s01hello;

import org.jspecify.annotations.NullMarked;
