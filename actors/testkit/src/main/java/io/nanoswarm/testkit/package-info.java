/**
 * What users test their agents with: a swarm in memory that remembers everything. Clusters, queues
 * and retries are not here.
 */
@NullMarked
package io.nanoswarm.testkit;

import org.jspecify.annotations.NullMarked;
