/** The program. Everything it does is in the packages below. */
@NullMarked
package io.nanoswarm;

import org.jspecify.annotations.NullMarked;
