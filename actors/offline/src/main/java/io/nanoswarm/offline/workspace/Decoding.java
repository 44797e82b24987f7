package io.nanoswarm.offline.workspace;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns the bytes of a file into text: UTF-8, UTF-16 if it says so, or Windows-1252 if it looks
 * like it. Pure.
 */
final class Decoding {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** In a text, most bytes are ASCII; beyond this share it is in no encoding we know. */
  private static final double MAX_SHARE_OF_HIGH_BYTES = 0.3;

  private Decoding() {}

  static boolean isBinary(byte[] content) {
    if (isUtf16(content)) {
      return false;
    }
    for (byte each : content) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  /** Empty if the bytes are text in no encoding that we know. */
  static Optional<String> text(byte[] content) {
    if (isUtf16(content)) {
      return strict(content, StandardCharsets.UTF_16);
    }
    Optional<String> utf8 = strict(content, StandardCharsets.UTF_8);
    if (utf8.isPresent()) {
      return utf8.map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
    return looksLikeText(content) ? Optional.of(new String(content, WINDOWS_1252)) : utf8;
  }

  private static boolean isUtf16(byte[] content) {
    return content.length >= 2
        && ((content[0] == (byte) 0xFE && content[1] == (byte) 0xFF)
            || (content[0] == (byte) 0xFF && content[1] == (byte) 0xFE));
  }

  private static Optional<String> strict(byte[] content, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(content))
              .toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static boolean looksLikeText(byte[] content) {
    int high = 0;
    for (byte each : content) {
      if (each < 0) {
        high++;
      } else if (each < 0x20 && each != '\t' && each != '\n' && each != '\r' && each != '\f') {
        return false;
      }
    }
    return high <= content.length * MAX_SHARE_OF_HIGH_BYTES;
  }
}
