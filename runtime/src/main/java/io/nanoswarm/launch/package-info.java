/**
 * How worker JVMs come to be on this machine, and the folder that a node keeps its files in. Which
 * workers are wanted is not decided here: that is {@link io.nanoswarm.supervisor}.
 */
@NullMarked
package io.nanoswarm.launch;

import org.jspecify.annotations.NullMarked;
