/** What concerns every write to the journal. The journal itself, and its database, are not here. */
@NullMarked
package io.nanoswarm.journal;

import org.jspecify.annotations.NullMarked;
