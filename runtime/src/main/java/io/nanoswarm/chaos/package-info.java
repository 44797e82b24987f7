/**
 * Real processes of the program are killed and paused while sessions run, and what they leave is
 * judged. What is promised is not decided here: that is {@link io.nanoswarm.history}; nor does
 * anything here know a node but by its process, its endpoint and its files.
 */
@NullMarked
package io.nanoswarm.chaos;

import org.jspecify.annotations.NullMarked;
