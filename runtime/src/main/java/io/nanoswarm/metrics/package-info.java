/**
 * What a control node tells of itself in figures, in Prometheus' text format. Whom to ask for them,
 * and when, is not here.
 */
@NullMarked
package io.nanoswarm.metrics;

import org.jspecify.annotations.NullMarked;
