package io.nanoswarm.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Which fault comes next, and when: decided by a seed. Every fault comes at each of its moments
 * before one of them comes again. What happens between them is for the machine to decide, so that
 * two runs of a seed are alike, and not the same.
 */
final class Schedule {
  private final Random random;
  private final Duration lease;
  private final String only;
  private final Deque<Strike> next = new ArrayDeque<>();

  /** A fault at a moment. */
  record Strike(Fault fault, Moment moment) {
    Kind kind() {
      return new Kind(fault.text(), moment.text());
    }
  }

  /**
   * @param lease of attempts: what is paused for longer has lost them
   * @param only faults that have this in their names come
   */
  Schedule(long seed, Duration lease, String only) {
    random = new Random(seed);
    this.only = only;
    this.lease = lease;
  }

  /** Every fault with each of its moments. */
  static List<Strike> all() {
    var all = new ArrayList<Strike>();
    for (Fault fault : Fault.values()) {
      for (Moment moment : Moment.values()) {
        boolean so =
            switch (moment) {
              // All of it starts whenever a node does.
              case STARTING -> fault == Fault.KILL_WORKER || fault == Fault.KILL_NODE;
              case BEGINNING -> !fault.pause();
              case RUNNING, SETTLING -> true;
            };
        if (so) {
          all.add(new Strike(fault, moment));
        }
      }
    }
    return all;
  }

  /** What is told of them. */
  static List<Kind> kinds() {
    return all().stream().map(Strike::kind).toList();
  }

  Strike next() {
    if (next.isEmpty()) {
      var all =
          all().stream()
              .filter(strike -> strike.kind().has(only))
              .collect(Collectors.toCollection(ArrayList::new));
      Collections.shuffle(all, random);
      next.addAll(all);
    }
    return next.removeFirst();
  }

  /** From the sign of a moment to the fault. */
  Duration delay(Moment moment) {
    int most =
        switch (moment) {
          case STARTING -> 2500;
          case BEGINNING -> 20;
          case RUNNING -> 600;
          case SETTLING -> 12;
        };
    return Duration.ofMillis(random.nextInt(most + 1));
  }

  /** For how long a process is stopped. */
  Duration pause(Fault fault) {
    long whole = lease.toMillis();
    long millis =
        fault.outlivesLease()
            ? whole + 500 + random.nextLong(whole / 3)
            : whole / 20 + random.nextLong(whole / 2);
    return Duration.ofMillis(millis);
  }

  /** How long nothing is done to anybody. */
  Duration calm() {
    return Duration.ofMillis(500 + random.nextInt(1500));
  }

  /** Which of several is hit. */
  int choose(int count) {
    return random.nextInt(count);
  }
}
