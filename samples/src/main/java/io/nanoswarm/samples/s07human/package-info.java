/** An agent that asks a person. Nothing here is needed by any other package. */
@NullMarked
package io.nanoswarm.samples.s07human;

import org.jspecify.annotations.NullMarked;
