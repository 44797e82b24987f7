/**
 * Channels whose messages are stored before they are confirmed. Channels that keep nothing are not
 * here.
 */
@NullMarked
package io.nanoswarm.channel;

import org.jspecify.annotations.NullMarked;
