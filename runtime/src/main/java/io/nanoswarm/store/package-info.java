/**
 * What a data folder keeps, taken as files and rows: deleting all that was stored of a session,
 * copying everything out, and putting it back. What the rows mean is not known here, and no actor.
 */
@NullMarked
package io.nanoswarm.store;

import org.jspecify.annotations.NullMarked;
