/**
 * How a terminal finds a node, talks to its endpoint, and what ends a command. How a node is
 * started is not here, nor anything that is printed.
 */
@NullMarked
package io.nanoswarm.client;

import org.jspecify.annotations.NullMarked;
