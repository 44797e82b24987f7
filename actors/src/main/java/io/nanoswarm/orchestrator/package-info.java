/**
 * The process that drives a session from goal to ending. Holds nothing durable: everything it knows
 * it reads anew.
 */
@NullMarked
package io.nanoswarm.orchestrator;

import org.jspecify.annotations.NullMarked;
