package io.nanoswarm.top;

import java.util.Locale;

/** Numbers as people read them. */
final class Words {
  private Words() {}

  static String size(long megabytes) {
    return megabytes < 1024
        ? megabytes + " MB"
        : String.format(Locale.ROOT, "%.1f GB", megabytes / 1024.0);
  }

  static String count(int number, String one) {
    return number == 1 ? "1 " + one : number + " " + one + "s";
  }
}
