/**
 * What tasks and agents need, and what nodes offer. Who asks, who matches and who probes a machine
 * is not here.
 */
@NullMarked
package io.nanoswarm.placement;

import org.jspecify.annotations.NullMarked;
