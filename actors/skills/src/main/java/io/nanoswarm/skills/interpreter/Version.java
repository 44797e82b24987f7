package io.nanoswarm.skills.interpreter;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Of a program, as {@code 3.11.7}: its numbers alone. */
public record Version(List<Integer> numbers) implements Comparable<Version> {
  private static final Pattern FORM = Pattern.compile("\\d{1,6}(\\.\\d{1,6}){0,5}");

  public Version {
    numbers = List.copyOf(numbers);
  }

  /**
   * @throws IllegalArgumentException if the text is no version
   */
  public static Version of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("version: '%s' (expected: as 3.11)".formatted(text));
    }
    return new Version(Arrays.stream(text.split("\\.")).map(Integer::valueOf).toList());
  }

  /** Whether it is this one or one below it, as 3.11.7 is below 3.11. */
  boolean within(Version other) {
    return numbers.size() >= other.numbers.size()
        && numbers.subList(0, other.numbers.size()).equals(other.numbers);
  }

  @Override
  public int compareTo(Version other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int difference = Integer.compare(at(i), other.at(i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private int at(int index) {
    return index < numbers.size() ? numbers.get(index) : 0;
  }

  @Override
  public String toString() {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
  }
}
