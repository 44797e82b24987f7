package io.nanoswarm.entity;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How much of a list goes into one message between control nodes. Pure.
 *
 * <p>Guarantees: of a list that is not empty, at least the first; so that whoever asks for what
 * comes after it comes to the end.
 */
public final class PageBound {
  /** Elements of a page, at most. */
  public static final int MOST = 500;

  /**
   * Of a page with more than one element, as its text. What is sent has the same texts and names
   * for its parts: with this it stays far below the largest message, 4 MiB.
   */
  public static final int BYTES = 512 * 1024;

  private PageBound() {}

  /** The first elements of a list, as many as fit. */
  public static <T> List<T> first(List<T> list) {
    int count = 0;
    long bytes = 0;
    for (T each : list) {
      bytes += bytes(each);
      if (count == MOST || (count > 0 && bytes > BYTES)) {
        break;
      }
      count++;
    }
    return List.copyOf(list.subList(0, count));
  }

  /** Whether one element is more than a page shall have. */
  public static boolean isLarge(Object element) {
    return bytes(element) > BYTES;
  }

  private static int bytes(Object element) {
    return element.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
