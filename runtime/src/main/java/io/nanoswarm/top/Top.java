package io.nanoswarm.top;

import io.nanoswarm.api.OverviewView;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Key;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Screen;
import io.nanoswarm.top.TopModel.Note;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.utils.AttributedString;

/**
 * The whole swarm on a screen, live, until a person has had enough.
 *
 * <p>Guarantees: a node is asked no more often than it was said, but once more after each act; what
 * destroys is done after a question alone. While no node answers, what was seen last stays, with a
 * line that says so, and keys are obeyed; as soon as one answers, it goes on.
 *
 * <p>Lifecycle: used once. The screen is the caller's to close.
 */
public final class Top {
  private static final long LOOK_AT_SIZE_MILLIS = 250;

  /** How often what passes by itself is drawn anew, as the time without an answer. */
  private static final int LOOKS_PER_FRAME = 4;

  private final Screen screen;
  private final Look look;
  private final Contact contact;
  private final InstantSource clock;
  private final Duration every;
  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  private TopModel model = TopModel.EMPTY;
  private boolean quit;

  /** What happens to a picture. */
  private sealed interface Input {}

  private record Pressed(Key key) implements Input {}

  private record Heard(Contact.Heard what) implements Input {}

  private record NotHeard(String why) implements Input {}

  private record Done(String what) implements Input {}

  private record NotDone(Act act, String why) implements Input {}

  /**
   * @param every how long from one answer of a node to the next request
   */
  public Top(Screen screen, Look look, Contact contact, InstantSource clock, Duration every) {
    this.screen = screen;
    this.look = look;
    this.contact = contact;
    this.clock = clock;
    this.every = every;
  }

  /** The swarm as it is now, as plain lines. */
  public static List<AttributedString> snapshot(OverviewView seen, Look look, int width) {
    return TopFrame.everything(seen, look, width);
  }

  /**
   * Shows and obeys until the key for the end is pressed.
   *
   * @throws Interrupted if this thread is interrupted
   */
  public void run() {
    screen.listen(key -> inputs.add(new Pressed(key)));
    try (var asking = asking()) {
      try {
        var _ =
            asking.scheduleWithFixedDelay(this::ask, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        show(asking);
      } finally {
        asking.shutdownNow();
      }
    }
  }

  private static ScheduledExecutorService asking() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("top").factory());
  }

  private void show(ScheduledExecutorService asking) {
    int columns = 0;
    int rows = 0;
    int looks = 0;
    while (!quit) {
      boolean changed = takeInputs(asking);
      boolean resized = screen.columns() != columns || screen.rows() != rows;
      if (changed || resized || ++looks >= LOOKS_PER_FRAME) {
        columns = screen.columns();
        rows = screen.rows();
        looks = 0;
        screen.show(frame().render(columns - 1, rows));
      }
    }
  }

  private TopFrame frame() {
    return new TopFrame(model, clock.instant(), look);
  }

  /** Waits a moment for something to happen; whether it did. */
  private boolean takeInputs(ScheduledExecutorService asking) {
    try {
      var input = inputs.poll(LOOK_AT_SIZE_MILLIS, TimeUnit.MILLISECONDS);
      if (input == null) {
        return false;
      }
      // A key that repeats, or text that is pasted, is drawn once.
      for (var next = input; next != null && !quit; next = inputs.poll()) {
        take(next, asking);
      }
      return true;
    } catch (InterruptedException e) {
      throw new Interrupted();
    }
  }

  private void take(Input input, ScheduledExecutorService asking) {
    switch (input) {
      case Heard(var heard) -> model = model.heard(heard.where(), heard.overview());
      case NotHeard(var why) -> model = model.notHeard(clock.instant(), why);
      case Pressed(var key) -> {
        var step = TopKeys.press(model, key, frame().page(screen.rows()));
        model = step.model();
        quit = step.quit();
        var act = step.act();
        if (act != null) {
          model = model.saying(new Note(true, "asking the node"));
          Thread.ofVirtual().name("act").start(() -> perform(act));
        }
      }
      case Done(var what) -> {
        model = model.saying(new Note(true, what));
        asking.execute(this::ask);
      }
      case NotDone(var act, var why) -> model = model.notDone(act, why);
    }
  }

  private void ask() {
    try {
      inputs.add(new Heard(contact.ask()));
    } catch (Interrupted _) {
      // Nobody looks any more.
    } catch (NodeGone | UserError e) {
      inputs.add(new NotHeard(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      inputs.add(new NotHeard("what the node answers is not understood: " + e.getMessage()));
    }
  }

  private void perform(Act act) {
    try {
      inputs.add(new Done(contact.perform(act)));
    } catch (Interrupted _) {
      // Nobody looks any more.
    } catch (NodeGone e) {
      inputs.add(new NotDone(act, e.getMessage() + "; whether it was done will be seen"));
    } catch (RuntimeException e) {
      inputs.add(new NotDone(act, String.valueOf(e.getMessage())));
    }
  }
}
