/**
 * Agents: what a developer writes, what an agent is given, and the host that runs it on a worker
 * node. The queue that hands out tasks and the supervisor that starts workers are not here.
 */
@NullMarked
package io.nanoswarm.agent;

import org.jspecify.annotations.NullMarked;
