package io.nanoswarm.agent;

import io.nanoswarm.blackboard.Entry;

/** What the reader of a {@link BoardWatch} is told. Never leaves the JVM. */
sealed interface BoardNews {
  /** An entry was posted or marked as unfinished. */
  record Changed(Entry entry) implements BoardNews {}

  /** The attempt is over: nothing more is told. */
  record Over() implements BoardNews {}
}
