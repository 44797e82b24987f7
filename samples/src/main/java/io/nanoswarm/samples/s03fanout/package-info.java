/**
 * Agents that work at the same time, and meet on the blackboard. Nothing here is needed by any
 * other package.
 */
@NullMarked
package io.nanoswarm.samples.s03fanout;

import org.jspecify.annotations.NullMarked;
