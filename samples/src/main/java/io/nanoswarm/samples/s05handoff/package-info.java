/** An agent that hands its task to another. Nothing here is needed by any other package. */
@NullMarked
package io.nanoswarm.samples.s05handoff;

import org.jspecify.annotations.NullMarked;
