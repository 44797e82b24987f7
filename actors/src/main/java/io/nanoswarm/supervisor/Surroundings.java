package io.nanoswarm.supervisor;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.bus.MessageBus;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What every slot needs from outside.
 *
 * @param members nodes with a machine that are members of the cluster, asked once by a supervisor
 *     that starts
 * @param othersMayJoin whether machines of other nodes may be members, or come back: then what no
 *     machine offers yet is waited for a while
 * @param gate where queues are told of the ends of JVMs
 * @param bus where ups and downs are told
 * @param random for the jitter of restarts
 */
public record Surroundings(
    Supplier<Set<String>> members,
    boolean othersMayJoin,
    Gate gate,
    MessageBus bus,
    SupervisorSettings settings,
    InstantSource clock,
    RandomGenerator random) {}
