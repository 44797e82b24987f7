/**
 * Content too large for a message or an event, kept by its hash. Knows nothing of what the content
 * means.
 */
@NullMarked
package io.nanoswarm.artifact;

import org.jspecify.annotations.NullMarked;
