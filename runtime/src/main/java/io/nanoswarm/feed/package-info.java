/**
 * What happens in a session, as a stream that people and programs follow. Nothing here is stored.
 */
@NullMarked
package io.nanoswarm.feed;

import org.jspecify.annotations.NullMarked;
