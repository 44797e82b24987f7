/**
 * What users test their agents with: one agent in memory, or a whole swarm in one JVM. What runs as
 * processes (workers, the cluster, the endpoint, the database) is not here.
 */
@NullMarked
package io.nanoswarm.testkit;

import org.jspecify.annotations.NullMarked;
