package io.nanoswarm.top;

import java.util.Arrays;
import java.util.Locale;

/** What is listed. */
enum Pane {
  SESSIONS(1),
  AGENTS(2),
  QUEUES(3),
  NODES(4);

  private final int number;

  Pane(int number) {
    this.number = number;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As it is typed. */
  int number() {
    return number;
  }

  static Pane of(int number) {
    return Arrays.stream(values()).filter(pane -> pane.number == number).findFirst().orElseThrow();
  }

  Pane next() {
    return of(number % values().length + 1);
  }

  Pane previous() {
    return of((number + values().length - 2) % values().length + 1);
  }
}
