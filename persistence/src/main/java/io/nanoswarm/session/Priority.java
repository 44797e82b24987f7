package io.nanoswarm.session;

/** How urgent a task is; a later constant is served before an earlier one. Stored by name. */
public enum Priority {
  LOW,
  NORMAL,
  HIGH,
  URGENT
}
