package io.nanoswarm.serialization;

/**
 * Marks a message that may leave its JVM: it is carried as Jackson CBOR, never as Java
 * serialization.
 */
public interface CborSerializable {}
