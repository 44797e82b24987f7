/**
 * Which versions of the program may be in one cluster. What they tell each other is not here, but
 * with the actors that are told.
 */
@NullMarked
package io.nanoswarm.cluster.versions;

import org.jspecify.annotations.NullMarked;
