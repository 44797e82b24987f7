/**
 * What an agent can do besides thinking: named capabilities with typed arguments, whose failures
 * are data. How a skill runs (in the JVM, as a process, as a folder of instructions) is not here.
 */
@NullMarked
package io.nanoswarm.skill;

import org.jspecify.annotations.NullMarked;
