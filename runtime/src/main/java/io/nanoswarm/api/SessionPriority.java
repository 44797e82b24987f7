package io.nanoswarm.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How urgent a session is, among others; the least urgent first. */
public enum SessionPriority {
  LOW,
  NORMAL,
  HIGH,
  URGENT;

  /** Empty for a word that names none. */
  public static Optional<SessionPriority> of(String word) {
    String name = word.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
  }

  /** All words, for people. */
  public static String words() {
    return Arrays.stream(values()).map(SessionPriority::word).collect(Collectors.joining(", "));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One step more urgent, if there is one. */
  public Optional<SessionPriority> higher() {
    return step(1);
  }

  /** One step less urgent, if there is one. */
  public Optional<SessionPriority> lower() {
    return step(-1);
  }

  private Optional<SessionPriority> step(int up) {
    var all = List.of(values());
    int wanted = all.indexOf(this) + up;
    return wanted < 0 || wanted >= all.size() ? Optional.empty() : Optional.of(all.get(wanted));
  }
}
