/**
 * A folder as agents see it: which of its files may be read, how they are cut into parts, and their
 * text. What the text means is not here.
 */
@NullMarked
package io.nanoswarm.offline.workspace;

import org.jspecify.annotations.NullMarked;
