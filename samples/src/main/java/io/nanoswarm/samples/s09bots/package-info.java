/** Two bots that talk over a channel. Nothing here is needed by any other package. */
@NullMarked
package io.nanoswarm.samples.s09bots;

import org.jspecify.annotations.NullMarked;
