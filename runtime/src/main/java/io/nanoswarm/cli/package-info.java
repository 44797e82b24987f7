/**
 * The command line: one class for each command, and what they share. How a node works is not here,
 * nor how things are drawn.
 */
@NullMarked
package io.nanoswarm.cli;

import org.jspecify.annotations.NullMarked;
