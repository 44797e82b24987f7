package io.nanoswarm.chaos;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fault that has come, and when those that it hit went on. */
interface Injected {
  Kind kind();

  /** For people, with process ids. */
  String what();

  Instant at();

  /** In milliseconds since the fault, null as long as it is not known to have gone on. */
  @Nullable Long wentOnAfter();

  /** Takes an event in, and tells whether it shows that those it hit went on. */
  boolean goesOnWith(Watch.Seen seen);
}
