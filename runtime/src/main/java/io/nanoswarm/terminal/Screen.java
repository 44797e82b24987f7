package io.nanoswarm.terminal;

import java.util.List;
import java.util.function.Consumer;
import org.jline.utils.AttributedString;

/**
 * A whole terminal that shows one picture after the other.
 *
 * <p>Lifecycle: to be closed, which gives the terminal back as it was.
 */
public interface Screen extends AutoCloseable {
  /** As it is now: people resize terminals. */
  int columns();

  /** Likewise. */
  int rows();

  /**
   * Shows the lines in the place of all that was shown before.
   *
   * @param lines no more than there are rows, each narrower than the columns: on the last one,
   *     terminals differ in what is erased after it
   */
  void show(List<AttributedString> lines);

  /** Tells of every key from now on, on a thread of its own. Called once. */
  void listen(Consumer<Key> listener);

  @Override
  void close();
}
