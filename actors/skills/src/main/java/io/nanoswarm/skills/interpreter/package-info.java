/**
 * Finds the interpreters of this machine, in all their versions. What is run with them is not known
 * here.
 */
@NullMarked
package io.nanoswarm.skills.interpreter;

import org.jspecify.annotations.NullMarked;
