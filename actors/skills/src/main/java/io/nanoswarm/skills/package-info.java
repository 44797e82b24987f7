/**
 * Makes the skills that specs name, each in the package of its kind. What a skill is, and what an
 * agent sees of it, is not here: that is {@code io.nanoswarm.skill}.
 */
@NullMarked
package io.nanoswarm.skills;

import org.jspecify.annotations.NullMarked;
