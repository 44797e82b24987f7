package io.nanoswarm.placement;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as programs print it, compared part by part: numbers as numbers, and what is not there
 * as zero. {@code 1.0-rc1} and {@code 1.0b2} come before {@code 1.0}, {@code 1.1.1w} and {@code
 * 9.6p1} after what they patch. What follows a {@code +} tells no version from another.
 */
record Version(String text) {
  private static final Pattern PART = Pattern.compile("[0-9]+|[a-z]+");
  private static final Pattern BEFORE_RELEASE =
      Pattern.compile("alpha|beta|cr|dev|ea|milestone|pre|preview|rc|snapshot|nightly");

  /** As {@code 3.13.0a7}; a letter that no number follows is a patch. */
  private static final Pattern SHORT_BEFORE_RELEASE =
      Pattern.compile("(?<=[0-9])([abcm])(?=[0-9])");

  private static final int EARLY = 0;
  private static final int NUMBER = 1;
  private static final int PATCH = 2;

  boolean atLeast(Version least) {
    Matcher mine = parts();
    Matcher its = least.parts();
    while (true) {
      String left = next(mine);
      String right = next(its);
      if (left.isEmpty() && right.isEmpty()) {
        return true;
      }
      int order = compare(left, right);
      if (order != 0) {
        return order > 0;
      }
    }
  }

  /** Whether it is the other one or below it, as 3.11.7 is below 3.11. */
  boolean within(Version other) {
    Matcher mine = parts();
    Matcher its = other.parts();
    for (String right = next(its); !right.isEmpty(); right = next(its)) {
      String left = next(mine);
      if (left.isEmpty() || compare(left, right) != 0) {
        return false;
      }
    }
    return true;
  }

  private Matcher parts() {
    String plain = text.toLowerCase(Locale.ROOT).replaceFirst("^v", "").replaceFirst("\\+.*", "");
    return PART.matcher(SHORT_BEFORE_RELEASE.matcher(plain).replaceAll("-pre-$1-"));
  }

  private static String next(Matcher parts) {
    return parts.find() ? parts.group() : "";
  }

  private static int compare(String left, String right) {
    int order = Integer.compare(rank(left), rank(right));
    if (order != 0) {
      return order;
    }
    return rank(left) == NUMBER ? compareNumbers(left, right) : left.compareTo(right);
  }

  /** Of a part that stands where the other version has another one; nothing is the number zero. */
  private static int rank(String part) {
    if (part.isEmpty() || Character.isDigit(part.charAt(0))) {
      return NUMBER;
    }
    return BEFORE_RELEASE.matcher(part).matches() ? EARLY : PATCH;
  }

  private static int compareNumbers(String left, String right) {
    String one = left.replaceFirst("^0+", "");
    String other = right.replaceFirst("^0+", "");
    return one.length() == other.length()
        ? one.compareTo(other)
        : Integer.compare(one.length(), other.length());
  }
}
