/**
 * The durable record of one goal's life: its plan, its tasks, their attempts and outcomes, its
 * ending. Who drives a session, and who works on its tasks, is not known here.
 */
@NullMarked
package io.nanoswarm.session;

import org.jspecify.annotations.NullMarked;
