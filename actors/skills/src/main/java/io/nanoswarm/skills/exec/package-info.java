/**
 * Runs child processes within limits, and the skill that runs commands. What a process is told and
 * what its output means is up to the packages that use it.
 */
@NullMarked
package io.nanoswarm.skills.exec;

import org.jspecify.annotations.NullMarked;
