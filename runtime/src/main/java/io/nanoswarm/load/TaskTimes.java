package io.nanoswarm.load;

import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.TaskId;

/**
 * The life of a task that was completed, in microseconds since 1970. All clocks are those of one
 * machine.
 *
 * @param ready when it could be tried: its plan was stored, or its arrival
 * @param granted when its session granted the attempt that completed it
 * @param decided when its session took the outcome
 * @param stored when the outcome was stored
 */
record TaskTimes(
    TaskId task,
    AgentName agent,
    long ready,
    long granted,
    Stamps stamps,
    long decided,
    long stored) {}
