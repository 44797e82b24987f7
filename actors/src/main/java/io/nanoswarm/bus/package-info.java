/**
 * Publish and subscribe between agents and whoever listens. What must not be lost belongs on a
 * durable channel or on the blackboard.
 */
@NullMarked
package io.nanoswarm.bus;

import org.jspecify.annotations.NullMarked;
