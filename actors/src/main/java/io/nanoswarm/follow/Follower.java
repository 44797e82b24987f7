package io.nanoswarm.follow;

import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Where an actor stands in what a source tells it by growing numbers, wherever the source moves. A
 * gap in the numbers, and the end of the source, make it subscribe again after the last number it
 * heard; its owner does so at intervals, since the last message itself may be lost.
 *
 * <p>Guarantees: what {@link #hears} says yes to has no gap and no repetition. While a subscription
 * is on its way none is made for further gaps.
 *
 * <p>Belongs to one actor, and is used by it alone.
 *
 * @param <S> what the source is told
 * @param <C> what the owner hears when the source has ended
 */
public final class Follower<S, C> {
  private final ActorContext<C> context;
  private final Function<ActorRef<S>, C> gone;
  private final LongConsumer subscription;
  private @Nullable ActorRef<S> source;
  private long heard;
  private boolean catchingUp;

  /**
   * @param gone what the owner shall hear when the source has ended
   * @param subscription subscribes the owner to what comes after a number
   * @param heard the number to begin after
   */
  public Follower(
      ActorContext<C> context,
      Function<ActorRef<S>, C> gone,
      LongConsumer subscription,
      long heard) {
    this.context = context;
    this.gone = gone;
    this.subscription = subscription;
    this.heard = heard;
  }

  /** The last number heard. */
  public long heard() {
    return heard;
  }

  /** Subscribes, for the first time or once more. */
  public void subscribe() {
    catchingUp = true;
    subscription.accept(heard);
  }

  /** Goes on after another number than the one heard last. */
  public void goOnAfter(long number) {
    heard = number;
  }

  /** The subscription stands, with this source. */
  public void onSubscribed(ActorRef<S> at) {
    catchingUp = false;
    if (at.equals(source)) {
      return;
    }
    if (source != null) {
      context.unwatch(source);
    }
    source = at;
    context.watchWith(at, gone.apply(at));
  }

  /** A source has ended; one that was left before does not matter. */
  public void onGone(ActorRef<S> ended) {
    if (ended.equals(source)) {
      source = null;
      subscribe();
    }
  }

  /**
   * Whether this is what comes next. What was heard before is heard again after a renewal.
   *
   * @param previous the number that the source told before this one
   */
  public boolean hears(long previous, long number) {
    if (previous == heard) {
      heard = number;
      return true;
    }
    if (previous > heard && !catchingUp) {
      subscribe();
    }
    return false;
  }
}
