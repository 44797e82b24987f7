package io.nanoswarm.load;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * The journal of a node without a swarm: actors that store events of a size, each as soon as those
 * before are stored. Its figure is what the journal could do at best, in the same JVM, into the
 * same file, through the same plugin.
 */
final class JournalAlone {

  /**
   * What is stored.
   *
   * @param lanes writers at a time, each with a persistence id of its own
   * @param together events that a writer stores at once
   * @param eventsPerWriter after which another writer, with another persistence id, takes its place
   * @param bytes of one event
   * @param name that no earlier one had on this node: prefix of persistence ids
   */
  record Shape(int lanes, int together, long eventsPerWriter, int bytes, String name) {
    Shape {
      if (lanes < 1 || together < 1 || eventsPerWriter < 1) {
        throw new IllegalArgumentException(
            "lanes %d, together %d, events of a writer %d (expected: > 0)"
                .formatted(lanes, together, eventsPerWriter));
      }
    }
  }

  private sealed interface Command {}

  private record Stored(int events) implements Command {}

  private record WriterDone(int lane) implements Command {}

  private enum Phase implements Command {
    BEGIN_COUNTING,
    END
  }

  private final ActorContext<Command> context;
  private final Shape shape;
  private final Rate rate;
  private final CompletableFuture<Double> result;
  private long writers;

  /**
   * Stores for the time of the warm-up, then for the time that counts.
   *
   * @return completes with events stored in a second
   */
  static CompletableFuture<Double> measure(
      LoadNode node, Shape shape, Duration warmUp, Duration duration, InstantSource clock) {
    var result = new CompletableFuture<Double>();
    Behavior<Command> behavior =
        Behaviors.setup(context ->
            Behaviors.withTimers(timers -> {
              timers.startSingleTimer(Phase.BEGIN_COUNTING, warmUp);
              timers.startSingleTimer(Phase.END, warmUp.plus(duration));
              return new JournalAlone(context, shape, clock, result).writing();
            }));
    var _ = node.spawn(behavior, shape.name());
    return result;
  }

  private JournalAlone(
      ActorContext<Command> context,
      Shape shape,
      InstantSource clock,
      CompletableFuture<Double> result) {
    this.context = context;
    this.shape = shape;
    rate = new Rate(clock);
    this.result = result;
    for (int lane = 0; lane < shape.lanes(); lane++) {
      startWriter(lane);
    }
  }

  private void startWriter(int lane) {
    writers++;
    var id = PersistenceId.of("load-journal", shape.name() + "-" + writers);
    var writer = context.spawnAnonymous(Writer.create(id, shape, context.getSelf(), lane));
    context.watchWith(writer, new WriterDone(lane));
  }

  private Behavior<Command> writing() {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Stored(var events) -> {
            rate.add(events);
            yield Behaviors.same();
          }
          case WriterDone(var lane) -> {
            startWriter(lane);
            yield Behaviors.same();
          }
          case Phase.BEGIN_COUNTING -> {
            rate.begin();
            yield Behaviors.same();
          }
          case Phase.END -> {
            var _ = result.complete(rate.perSecond());
            yield Behaviors.stopped();
          }
        });
  }

  /**
   * Tells itself to go on; stops when it has stored its share. Its state is how many events it has
   * stored.
   */
  private static final class Writer extends EventSourcedBehavior<Done, byte[], Long> {
    private final ActorContext<Done> context;
    private final List<byte[]> events;
    private final long most;
    private final ActorRef<Command> driver;

    static Behavior<Done> create(
        PersistenceId id, Shape shape, ActorRef<Command> driver, int lane) {
      return Behaviors.setup(context -> {
        context.getSelf().tell(Done.getInstance());
        context.setLoggerName("load-journal-" + lane);
        return new Writer(context, id, shape, driver);
      });
    }

    private Writer(
        ActorContext<Done> context, PersistenceId id, Shape shape, ActorRef<Command> driver) {
      super(id);
      this.context = context;
      events = Collections.nCopies(shape.together(), new byte[shape.bytes()]);
      most = shape.eventsPerWriter();
      this.driver = driver;
    }

    @Override
    public Long emptyState() {
      return 0L;
    }

    @Override
    public CommandHandler<Done, byte[], Long> commandHandler() {
      return (stored, _) ->
          stored >= most
              ? Effect().stop()
              : Effect()
                  .persist(events)
                  .thenRun((Long _) -> {
                    driver.tell(new Stored(events.size()));
                    context.getSelf().tell(Done.getInstance());
                  });
    }

    @Override
    public EventHandler<Long, byte[]> eventHandler() {
      return (stored, _) -> stored + 1;
    }
  }
}
