/** What the samples have in common: how one is run. */
@NullMarked
package io.nanoswarm.samples;

import org.jspecify.annotations.NullMarked;
