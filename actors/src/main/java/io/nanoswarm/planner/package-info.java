/**
 * The port through which a goal becomes a plan. Implementations are elsewhere; the Session refuses
 * what is invalid.
 */
@NullMarked
package io.nanoswarm.planner;

import org.jspecify.annotations.NullMarked;
