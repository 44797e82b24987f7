/**
 * What belongs to one trace: contexts that are stored and sent, and spans that have ended. Not
 * here: who exports them, and what is a span of a session.
 */
@NullMarked
package io.nanoswarm.trace;

import org.jspecify.annotations.NullMarked;
