/**
 * Shows the JDK once what a swarm needs, so that it can be loaded ahead of time. No part of a
 * running swarm.
 */
@NullMarked
package io.nanoswarm.training;

import org.jspecify.annotations.NullMarked;
