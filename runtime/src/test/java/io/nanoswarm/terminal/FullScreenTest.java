package io.nanoswarm.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class FullScreenTest {
  private final List<Attributes> seen = new ArrayList<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private LineDisciplineTerminal terminal() throws IOException {
    return new LineDisciplineTerminal("test", "xterm-256color", written, StandardCharsets.UTF_8) {
      @Override
      public void setAttributes(Attributes now) {
        seen.add(new Attributes(now));
        super.setAttributes(now);
      }
    };
  }

  @Test
  void a_picture_is_written_over_the_one_before_without_erasing_it_first() {
    var lines = List.of(new AttributedString("one"), new AttributedString("two"));

    assertThat(FullScreen.frame(lines, Look.PLAIN))
        .isEqualTo("\u001b[?2026h\u001b[Hone\u001b[K\r\ntwo\u001b[K\u001b[J\u001b[?2026l");
  }

  @Test
  void the_terminal_is_given_back_as_it_was_and_once() throws IOException {
    var terminal = terminal();
    var before = terminal.getAttributes();
    assertThat(before.getLocalFlag(LocalFlag.ECHO)).isTrue();
    var screen = new FullScreen(terminal, Look.PLAIN);
    assertThat(terminal.getAttributes().getLocalFlag(LocalFlag.ECHO)).isFalse();

    screen.close();
    screen.close();
    screen.show(List.of(new AttributedString("too late")));

    assertThat(seen.getLast().getLocalFlags()).isEqualTo(before.getLocalFlags());
    assertThat(written.toString(StandardCharsets.UTF_8))
        .startsWith("\u001b[?1049h")
        .containsOnlyOnce("\u001b[?1049l")
        .contains("\u001b[?25l", "25h")
        .doesNotContain("too late");
  }

  @Test
  void keys_are_told_apart() throws Exception {
    var terminal = terminal();
    try (var screen = new FullScreen(terminal, Look.PLAIN)) {
      BlockingQueue<Key> keys = new LinkedBlockingQueue<>();
      screen.listen(keys::add);

      terminal.processInputBytes(
          "j\u001b[A\u001bOB\té\u007f\r\u0003".getBytes(StandardCharsets.UTF_8));

      for (var expected :
          List.of(
              Key.text("j"),
              Key.of(Key.Kind.UP),
              Key.of(Key.Kind.DOWN),
              Key.of(Key.Kind.TAB),
              Key.text("é"),
              Key.of(Key.Kind.BACKSPACE),
              Key.of(Key.Kind.ENTER),
              Key.of(Key.Kind.INTERRUPT))) {
        assertThat(keys.poll(20, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }
}
