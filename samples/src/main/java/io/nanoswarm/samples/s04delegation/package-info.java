/** An agent that delegates to its own role. Nothing here is needed by any other package. */
@NullMarked
package io.nanoswarm.samples.s04delegation;

import org.jspecify.annotations.NullMarked;
