/** A team whose critic rejects. Nothing here is needed by any other package. */
@NullMarked
package io.nanoswarm.samples.s06critic;

import org.jspecify.annotations.NullMarked;
