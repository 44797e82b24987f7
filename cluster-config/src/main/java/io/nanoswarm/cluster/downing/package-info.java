/** Who is put out of the cluster when members do not hear each other. */
@NullMarked
package io.nanoswarm.cluster.downing;

import org.jspecify.annotations.NullMarked;
