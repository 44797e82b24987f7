/**
 * Has an agent read and execute the skills that ship with nanobot, unmodified. The outcome and how
 * to repeat it are in {@code docs/nanobot.md}; no rung of the ladder.
 */
@NullMarked
package io.nanoswarm.samples.nanobot;

import org.jspecify.annotations.NullMarked;
