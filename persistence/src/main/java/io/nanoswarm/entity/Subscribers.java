package io.nanoswarm.entity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Who listens to an entity, and up to which number each was told. As many as there are living
 * subscribers; they outlive a restart of what is stored.
 *
 * <p>Belongs to one actor, and is used by it alone.
 *
 * @param <N> what subscribers are told
 * @param <C> what the entity hears when one of them has stopped
 */
public final class Subscribers<N, C> {
  private final ActorContext<C> context;
  private final Function<ActorRef<N>, C> gone;
  private final Map<ActorRef<N>, Long> told = new LinkedHashMap<>();

  /** Tells one subscriber what it was not told yet. */
  @FunctionalInterface
  public interface Telling<N> {
    /**
     * @param told the last number that the subscriber was told
     * @return the last number that it has been told now
     */
    long tell(ActorRef<N> subscriber, long told);
  }

  /**
   * @param gone what the entity shall hear when a subscriber has stopped; {@link #remove} follows
   */
  public Subscribers(ActorContext<C> context, Function<ActorRef<N>, C> gone) {
    this.context = context;
    this.gone = gone;
  }

  /** Replaces an earlier subscription of the same actor. */
  public void add(ActorRef<N> subscriber, long after) {
    if (told.put(subscriber, after) == null) {
      context.watchWith(subscriber, gone.apply(subscriber));
    }
  }

  public void remove(ActorRef<N> subscriber) {
    told.remove(subscriber);
  }

  public boolean isEmpty() {
    return told.isEmpty();
  }

  public void tell(Telling<N> telling) {
    told.replaceAll(telling::tell);
  }
}
