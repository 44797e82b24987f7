package io.nanoswarm.testkit.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the actors of a swarm one at a time, on one thread. Which of those that have something to do
 * is next is decided by a seed, so that the same seed gives the same order. From the first {@link
 * #settle} on nothing moves but within it.
 *
 * <p>Work that blocks has threads of its own, which are counted: while one of them computes,
 * something may still come.
 */
public final class Turns implements Executor, AutoCloseable {
  /** Others may use the common pool for longer; then the order is left to chance. */
  private static final long HOP_MILLIS = 1000;

  private final SplittableRandom random;
  private final List<Runnable> ready = new ArrayList<>();
  private final Set<Thread> working = new HashSet<>();
  private boolean begun;
  private boolean held;
  private boolean busy;
  private boolean closed;

  public Turns(long seed) {
    random = new SplittableRandom(seed);
    var _ = Thread.ofPlatform().daemon().name("swarm-turns").start(this::run);
  }

  @Override
  public synchronized void execute(Runnable turn) {
    ready.add(turn);
    notifyAll();
  }

  /** Lets everything happen that can happen without time passing, then holds. */
  public synchronized void settle() throws InterruptedException {
    held = false;
    notifyAll();
    while (busy || !ready.isEmpty()) {
      wait();
    }
    begun = true;
    held = true;
  }

  /** From now on nothing is held; for the end of a swarm. */
  public synchronized void letGo() {
    held = false;
    notifyAll();
  }

  /** Whether work on a thread of its own is under way. */
  public synchronized boolean someoneWorks() {
    return !working.isEmpty();
  }

  /** What work on threads of its own has come to. */
  public enum Work {
    /** It has brought something to do, or has ended. */
    MOVED,
    /** All of it waits. */
    WAITING,
    /** Some of it computes on. */
    COMPUTING
  }

  /**
   * Waits until work on threads of its own comes to something.
   *
   * @param patience for what computes, in real time
   * @param grace for what waits, since what it waits for may come from outside of the swarm
   */
  public synchronized Work awaitWork(Duration patience, Duration grace)
      throws InterruptedException {
    int before = working.size();
    for (long left = patience.toMillis(); left > 0; left -= grace.toMillis()) {
      if (moved(before)) {
        return Work.MOVED;
      }
      wait(grace.toMillis());
      if (!moved(before) && working.stream().allMatch(Turns::waits)) {
        return Work.WAITING;
      }
    }
    return moved(before) ? Work.MOVED : Work.COMPUTING;
  }

  private boolean moved(int before) {
    return !ready.isEmpty() || working.size() != before;
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  /** Makes threads for work that blocks. */
  public ThreadFactory workers() {
    return work -> {
      Thread thread =
          Thread.ofVirtual()
              .unstarted(() -> {
                try {
                  work.run();
                } finally {
                  ended(Thread.currentThread());
                }
              });
      begun(thread);
      return thread;
    };
  }

  private synchronized void begun(Thread thread) {
    working.add(thread);
  }

  private synchronized void ended(Thread thread) {
    working.remove(thread);
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void run() {
    try {
      Runnable turn = next();
      while (turn != null) {
        turn.run();
        awaitHops();
        turn = next();
      }
    } catch (InterruptedException _) {
      close();
    }
  }

  /**
   * The reply to an ask passes through the common pool, where Scala's futures become Java's. It is
   * awaited, so that what comes of a turn is there before the next.
   */
  private static void awaitHops() {
    var _ = ForkJoinPool.commonPool().awaitQuiescence(HOP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized @Nullable Runnable next() throws InterruptedException {
    busy = false;
    notifyAll();
    while (!closed && (held || ready.isEmpty())) {
      wait();
    }
    if (closed) {
      return null;
    }
    busy = true;
    // While the actor system starts, other threads add to what is ready: chance is kept for later.
    int chosen = begun ? random.nextInt(ready.size()) : 0;
    return ready.remove(chosen);
  }
}
