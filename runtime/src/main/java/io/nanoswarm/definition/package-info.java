/**
 * What users say a swarm is made of: {@code swarm.yaml}, as data, read and checked. Both sides of
 * the endpoint use it; nothing here knows an agent or a node.
 */
@NullMarked
package io.nanoswarm.definition;

import org.jspecify.annotations.NullMarked;
