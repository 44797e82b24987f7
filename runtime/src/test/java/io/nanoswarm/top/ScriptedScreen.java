package io.nanoswarm.top;

import io.nanoswarm.terminal.Key;
import io.nanoswarm.terminal.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * A screen whose picture a test reads, and whose keys it presses; as at a terminal, those that are
 * pressed before somebody listens are heard then.
 */
final class ScriptedScreen implements Screen {
  volatile int columns = 100;
  private volatile String picture = "";
  private final List<Key> early = new ArrayList<>();
  private @Nullable Consumer<Key> keys;

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int rows() {
    return 20;
  }

  @Override
  public void show(List<AttributedString> lines) {
    picture = lines.stream().map(AttributedString::toString).collect(Collectors.joining("\n"));
  }

  @Override
  public synchronized void listen(Consumer<Key> listener) {
    keys = listener;
    early.forEach(listener);
    early.clear();
  }

  private synchronized void hear(Key key) {
    if (keys == null) {
      early.add(key);
    } else {
      keys.accept(key);
    }
  }

  @Override
  public void close() {}

  String picture() {
    return picture;
  }

  void type(String text) {
    text.codePoints().mapToObj(Character::toString).map(Key::text).forEach(this::hear);
  }

  void press(Key.Kind kind) {
    hear(Key.of(kind));
  }
}
