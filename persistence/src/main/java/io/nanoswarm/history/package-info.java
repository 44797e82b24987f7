/**
 * Judges what was stored by what is promised, reading events alone. The entities that decided them
 * are not asked, and nothing here decides anything.
 */
@NullMarked
package io.nanoswarm.history;

import org.jspecify.annotations.NullMarked;
