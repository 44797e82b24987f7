/** The program that runs, seen from itself: how to start it once more. Knows nothing of swarms. */
@NullMarked
package io.nanoswarm.program;

import org.jspecify.annotations.NullMarked;
