package io.nanoswarm.skills.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The end of what a stream had to say, however long that was. Thread safe. */
final class Tail {
  private static final int KEPT = 8 * 1024;

  private final byte[] ring = new byte[KEPT];
  private long written;

  synchronized void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      ring[(int) (written++ % KEPT)] = bytes[i];
    }
  }

  /** As text, without the part of a line that it may begin with. */
  synchronized String text() {
    int length = (int) Math.min(written, KEPT);
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((written - length + i) % KEPT)];
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return (written > KEPT ? "…" + text.substring(text.indexOf('\n') + 1) : text).strip();
  }

  /** The last lines, as a remark at the end of a reason; empty if there is none. */
  String remark(String stream) {
    String text = text();
    if (text.isEmpty()) {
      return "";
    }
    String[] lines = text.split("\n", -1);
    int from = Math.max(0, lines.length - 12);
    return "\n%s ended with:\n%s"
        .formatted(stream, String.join("\n", Arrays.copyOfRange(lines, from, lines.length)));
  }
}
