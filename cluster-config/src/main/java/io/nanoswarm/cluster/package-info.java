/**
 * What a node of the cluster is: its roles and its settings. Knows neither agents nor what is
 * stored.
 */
@NullMarked
package io.nanoswarm.cluster;

import org.jspecify.annotations.NullMarked;
