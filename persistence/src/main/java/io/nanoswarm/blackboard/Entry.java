package io.nanoswarm.blackboard;

import java.time.Instant;

/**
 * What stands on a blackboard at one path.
 *
 * @param revision grows by one with every change of the blackboard, gapless, from 1; the entry
 *     carries that of its own latest change
 * @param draft what was posted
 * @param author who posted it, and in which attempt
 * @param at when it was accepted
 * @param unfinished whether the attempt that posted it is over without having settled its task
 */
public record Entry(long revision, Draft draft, Author author, Instant at, boolean unfinished) {
  public EntryPath path() {
    return draft.path();
  }
}
