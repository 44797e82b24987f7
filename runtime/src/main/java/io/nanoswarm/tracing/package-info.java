/**
 * Spans of sessions, made of what is stored, and the way of all spans out of a JVM by OTLP. Not
 * here: what a worker's agent does, which its host tells.
 */
@NullMarked
package io.nanoswarm.tracing;

import org.jspecify.annotations.NullMarked;
