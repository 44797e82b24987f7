/** Three agents, one after the other. Nothing here is needed by any other package. */
@NullMarked
package io.nanoswarm.samples.s02pipeline;

import org.jspecify.annotations.NullMarked;
