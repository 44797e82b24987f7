/** Skills that are Java classes. Whose classes they are, and where they lie, is not known here. */
@NullMarked
package io.nanoswarm.skills.code;

import org.jspecify.annotations.NullMarked;
