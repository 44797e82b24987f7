/** Skills of three kinds that know nothing of us. Nothing here is needed by any other package. */
@NullMarked
package io.nanoswarm.samples.s08skills;

import org.jspecify.annotations.NullMarked;
