package io.nanoswarm.offline.document;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Finds parts of a PDF that are small in the file and huge in memory, before anything unpacks them.
 * Pictures may be large: nobody unpacks them here.
 */
final class UnpackedSize {
  static final int MAX_BYTES = 32 * 1024 * 1024;
  private static final int DICTIONARY = 2048;
  private static final byte[] STREAM = {'s', 't', 'r', 'e', 'a', 'm'};
  private static final byte[] IMAGE = {'/', 'I', 'm', 'a', 'g', 'e'};
  private static final byte[] OBJECT = {' ', 'o', 'b', 'j'};

  private UnpackedSize() {}

  static boolean isTooLarge(byte[] pdf) {
    int at = indexOf(pdf, STREAM, 0, pdf.length);
    while (at >= 0) {
      int data = at + STREAM.length;
      boolean begins = at < 3 || pdf[at - 1] != 'd';
      while (data < pdf.length && (pdf[data] == '\r' || pdf[data] == '\n')) {
        data++;
      }
      if (begins && looksDeflated(pdf, data) && !isImage(pdf, at) && inflates(pdf, data)) {
        return true;
      }
      at = indexOf(pdf, STREAM, data, pdf.length);
    }
    return false;
  }

  /** The two bytes that a zlib stream begins with. */
  private static boolean looksDeflated(byte[] pdf, int at) {
    return at + 2 < pdf.length
        && (pdf[at] & 0x0f) == 8
        && ((pdf[at] & 0xff) * 256 + (pdf[at + 1] & 0xff)) % 31 == 0;
  }

  private static boolean isImage(byte[] pdf, int stream) {
    int from = Math.max(0, stream - DICTIONARY);
    int begin = from;
    for (int at = indexOf(pdf, OBJECT, from, stream);
        at >= 0;
        at = indexOf(pdf, OBJECT, at + 1, stream)) {
      begin = at;
    }
    return indexOf(pdf, IMAGE, begin, stream) >= 0;
  }

  private static boolean inflates(byte[] pdf, int at) {
    var inflater = new Inflater();
    try {
      inflater.setInput(pdf, at, pdf.length - at);
      var buffer = new byte[64 * 1024];
      while (!inflater.finished() && inflater.getBytesWritten() <= MAX_BYTES) {
        if (inflater.inflate(buffer) == 0) {
          return false;
        }
      }
      return inflater.getBytesWritten() > MAX_BYTES;
    } catch (DataFormatException _) {
      return false;
    } finally {
      inflater.end();
    }
  }

  private static int indexOf(byte[] all, byte[] sought, int from, int to) {
    for (int i = from; i <= to - sought.length; i++) {
      int matched = 0;
      while (matched < sought.length && all[i + matched] == sought[matched]) {
        matched++;
      }
      if (matched == sought.length) {
        return i;
      }
    }
    return -1;
  }
}
