package io.nanoswarm.load;

import io.nanoswarm.serialization.CborSerializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * A swarm that does nothing but what cannot be left out: an actor in an agent's JVM sends an
 * outcome, it is stored here, and the actor is sent the next piece of work. No sessions, queues or
 * leases. What is in flight of a lane is stored together, as a session does. Its figure is what
 * agents in these JVMs, with this journal, could do at best.
 */
final class BareLoop {

  /**
   * What goes to and fro.
   *
   * @param partners actors in agents' JVMs that take part
   * @param lanes persistence ids that outcomes are stored under
   * @param bytes of a stored event, and of each message's load
   * @param name that no earlier one had on this node: name of the actor and of its ids
   */
  record Shape(int partners, int lanes, int bytes, String name) {
    Shape {
      if (partners < 1 || lanes < 1) {
        throw new IllegalArgumentException(
            "partners %d, lanes %d (expected: > 0)".formatted(partners, lanes));
      }
    }
  }

  /** What the loop is told. */
  sealed interface Command extends CborSerializable {}

  /** Somebody takes part from now on. */
  record Hello(ActorRef<Turn> from) implements Command {}

  /** The work is done. */
  record Outcome(ActorRef<Turn> from, String load) implements Command {}

  private record Stored(int lane) implements Command {}

  private enum Phase implements Command {
    BEGIN_COUNTING,
    END
  }

  /** What a partner is told. */
  sealed interface Turn extends CborSerializable {}

  /** Do this, which is nothing. */
  record Next(String load) implements Turn {}

  /** There is no more to do. */
  record Over() implements Turn {}

  private record Waiting(ActorRef<Turn> from, String load) {}

  /** Outcomes of some partners: those that are being stored, and those that came meanwhile. */
  private static final class Lane {
    private final ActorRef<Write> writer;
    private final Queue<Waiting> next = new ArrayDeque<>();
    private List<Waiting> writing = List.of();

    Lane(ActorRef<Write> writer) {
      this.writer = writer;
    }
  }

  private record Write(List<byte[]> events, ActorRef<Command> loop, int lane) {}

  private final ActorContext<Command> context;
  private final Shape shape;
  private final Rate rate;
  private final Duration warmUp;
  private final Duration duration;
  private final CompletableFuture<Double> result;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<ActorRef<Turn>> partners = new ArrayList<>();

  /** How a partner in another JVM finds the loop, and what it is to be told of its end. */
  record Started(String address, CompletableFuture<Double> roundsPerSecond) {}

  /**
   * Waits for all partners, then goes on for the time of the warm-up, and for the time that counts.
   */
  static Started start(
      LoadNode node, Shape shape, Duration warmUp, Duration duration, InstantSource clock) {
    var result = new CompletableFuture<Double>();
    ActorRef<Command> loop =
        node.spawn(
            Behaviors.setup(
                context -> new BareLoop(context, shape, clock, warmUp, duration, result).running()),
            shape.name());
    return new Started(node.address(loop), result);
  }

  /**
   * A partner, for an agent's JVM.
   *
   * @param address of the loop
   * @param over completes when there is no more to do
   */
  static Behavior<Turn> partner(String address, CompletableFuture<Void> over) {
    return Behaviors.setup(context -> {
      ActorRef<Command> loop = ActorRefResolver.get(context.getSystem()).resolveActorRef(address);
      loop.tell(new Hello(context.getSelf()));
      return Behaviors.receiveMessage(turn ->
          switch (turn) {
            case Next(var load) -> {
              loop.tell(new Outcome(context.getSelf(), load));
              yield Behaviors.same();
            }
            case Over _ -> {
              var _ = over.complete(null);
              yield Behaviors.stopped();
            }
          });
    });
  }

  private BareLoop(
      ActorContext<Command> context,
      Shape shape,
      InstantSource clock,
      Duration warmUp,
      Duration duration,
      CompletableFuture<Double> result) {
    this.context = context;
    this.shape = shape;
    rate = new Rate(clock);
    this.warmUp = warmUp;
    this.duration = duration;
    this.result = result;
    for (int lane = 0; lane < shape.lanes(); lane++) {
      var id = PersistenceId.of("load-bare", shape.name() + "-" + lane);
      lanes.add(new Lane(context.spawn(Writer.create(id), "writer-" + lane)));
    }
  }

  private Behavior<Command> running() {
    return Behaviors.withTimers(timers ->
        Behaviors.receiveMessage(message ->
            switch (message) {
              case Hello(var from) -> {
                partners.add(from);
                if (partners.size() == shape.partners()) {
                  timers.startSingleTimer(Phase.BEGIN_COUNTING, warmUp);
                  timers.startSingleTimer(Phase.END, warmUp.plus(duration));
                  partners.forEach(this::next);
                }
                yield Behaviors.same();
              }
              case Outcome(var from, var load) -> {
                int lane = partners.indexOf(from) % shape.lanes();
                lanes.get(lane).next.add(new Waiting(from, load));
                write(lane);
                yield Behaviors.same();
              }
              case Stored(var number) -> {
                Lane lane = lanes.get(number);
                rate.add(lane.writing.size());
                lane.writing.forEach(stored -> next(stored.from()));
                lane.writing = List.of();
                write(number);
                yield Behaviors.same();
              }
              case Phase.BEGIN_COUNTING -> {
                rate.begin();
                yield Behaviors.same();
              }
              case Phase.END -> {
                partners.forEach(partner -> partner.tell(new Over()));
                var _ = result.complete(rate.perSecond());
                yield Behaviors.stopped();
              }
            }));
  }

  private void next(ActorRef<Turn> partner) {
    partner.tell(new Next("x".repeat(shape.bytes())));
  }

  private void write(int number) {
    Lane lane = lanes.get(number);
    if (lane.writing.isEmpty() && !lane.next.isEmpty()) {
      lane.writing = List.copyOf(lane.next);
      lane.next.clear();
      var events =
          lane.writing.stream()
              .map(waiting -> waiting.load().getBytes(StandardCharsets.US_ASCII))
              .toList();
      lane.writer.tell(new Write(events, context.getSelf(), number));
    }
  }

  /** Its state is how many events it has stored. */
  private static final class Writer extends EventSourcedBehavior<Write, byte[], Long> {
    static Behavior<Write> create(PersistenceId id) {
      return Behaviors.setup(_ -> new Writer(id));
    }

    private Writer(PersistenceId id) {
      super(id);
    }

    @Override
    public Long emptyState() {
      return 0L;
    }

    @Override
    public CommandHandler<Write, byte[], Long> commandHandler() {
      return (_, write) ->
          Effect()
              .persist(write.events())
              .thenRun((Long _) -> write.loop().tell(new Stored(write.lane())));
    }

    @Override
    public EventHandler<Long, byte[]> eventHandler() {
      return (stored, _) -> stored + 1;
    }
  }
}
