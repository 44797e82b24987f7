package io.nanoswarm.top;

import io.nanoswarm.terminal.Key;
import io.nanoswarm.terminal.Screen;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;

/** A screen whose picture a test reads, and whose keys it presses. */
final class ScriptedScreen implements Screen {
  volatile int columns = 100;
  private volatile String picture = "";
  private volatile Consumer<Key> keys = _ -> {};

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
  public void listen(Consumer<Key> listener) {
    keys = listener;
  }

  @Override
  public void close() {}

  String picture() {
    return picture;
  }

  void type(String text) {
    text.codePoints().mapToObj(Character::toString).map(Key::text).forEach(keys);
  }

  void press(Key.Kind kind) {
    keys.accept(Key.of(kind));
  }
}
