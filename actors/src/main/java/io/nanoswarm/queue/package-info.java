/**
 * Where offered tasks meet hosts that have a free agent. Nothing here is durable: the Session is
 * the truth.
 */
@NullMarked
package io.nanoswarm.queue;

import org.jspecify.annotations.NullMarked;
