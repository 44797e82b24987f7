/**
 * An agent whose JVM dies in the middle of its work. Nothing here is needed by any other package.
 */
@NullMarked
package io.nanoswarm.samples.s10nodeloss;

import org.jspecify.annotations.NullMarked;
