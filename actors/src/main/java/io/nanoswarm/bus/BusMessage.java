package io.nanoswarm.bus;

import io.nanoswarm.serialization.CborSerializable;

/**
 * What a subscriber hears.
 *
 * @param channel where it was published
 * @param offset on a durable channel its place, from 1; elsewhere 0
 * @param text the message, usually JSON; classes of users never cross the wire
 */
public record BusMessage(Channel channel, long offset, String text) implements CborSerializable {}
