/**
 * The whole swarm in the terminal, live, and what a person does to it from there. How a terminal is
 * drawn on and read from is not here, nor is how a node is found.
 */
@NullMarked
package io.nanoswarm.top;

import org.jspecify.annotations.NullMarked;
