/**
 * Skills that are folders with a {@code SKILL.md}: where they are found, what they say of
 * themselves, and how an agent reads them. Running what they tell to run is not here.
 */
@NullMarked
package io.nanoswarm.skills.folder;

import org.jspecify.annotations.NullMarked;
