package io.nanoswarm.placement;

import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.Need;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a node offers, as far as somebody has asked for it: see {@link Probe}. Immutable, and small
 * enough to travel with every claim.
 *
 * <p>Kinds of needs are told at {@link #lacking}.
 *
 * @param programs their versions by name, empty where nobody asked for one or the program tells
 *     none
 * @param runtimes of languages, likewise; of one there may be several versions
 * @param variables names of environment variables that are set; values never leave their machine
 * @param os {@code linux}, {@code darwin} or {@code windows}, else as the system names itself
 */
public record Offers(
    Map<String, String> programs,
    Map<String, List<String>> runtimes,
    Set<String> variables,
    String os,
    long memoryMegabytes,
    int cores,
    Set<String> labels)
    implements CborSerializable {

  /** Nothing at all: nobody has looked yet. */
  public static final Offers NONE = new Offers(Map.of(), Map.of(), Set.of(), "", 0, 0, Set.of());

  private static final Pattern MEMORY = Pattern.compile("(?<number>[0-9]{1,9})(?<unit>[mgt])");

  public Offers {
    programs = Map.copyOf(programs);
    runtimes =
        runtimes.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, each -> List.copyOf(each.getValue())));
    variables = Set.copyOf(variables);
    labels = Set.copyOf(labels);
  }

  /**
   * Those of the needs that this node does not meet, each once, in their order.
   *
   * <p>What meets a need, by its kind: {@code bin}, a program on the path; {@code runtime}, that of
   * a language, as {@code runtime:java}; {@code env}, a variable that is set; {@code os}, the
   * operating system; {@code label}, a word from the settings; {@code memory}, as {@code 4g}, at
   * most what the machine has in all; {@code cores}, likewise. Another kind is met nowhere. Of
   * several names one is enough.
   */
  public List<Need> lacking(Collection<Need> needs) {
    return needs.stream()
        .distinct()
        .filter(need -> need.alternatives().stream().noneMatch(this::meets))
        .toList();
  }

  private boolean meets(Need need) {
    return switch (need.kind()) {
      case "bin" -> program(programs.get(need.name()), need);
      case "runtime" -> runtime(runtimes.get(need.name()), need);
      case "env" -> plain(need) && variables.contains(need.name());
      case "os" -> plain(need) && os.equals(osName(need.name()));
      case "label" -> plain(need) && labels.contains(need.name());
      case "memory" -> plain(need) && enough(memoryMegabytes, megabytes(need.name()));
      case "cores" -> plain(need) && enough(cores, number(need.name()));
      default -> false;
    };
  }

  private static boolean program(@Nullable String version, Need need) {
    return version != null && (plain(need) || fits(version, need));
  }

  private static boolean runtime(@Nullable List<String> versions, Need need) {
    return versions != null
        && (plain(need) || versions.stream().anyMatch(version -> fits(version, need)));
  }

  /** Whether the need names no version: most kinds of things have none. */
  private static boolean plain(Need need) {
    return need.least().isEmpty() && need.within().isEmpty();
  }

  private static boolean fits(String version, Need need) {
    var found = new Version(version);
    return !version.isEmpty()
        && need.least().map(least -> found.atLeast(new Version(least))).orElse(true)
        && need.within().map(wanted -> found.within(new Version(wanted))).orElse(true);
  }

  private static boolean enough(long there, @Nullable Long needed) {
    return needed != null && there >= needed;
  }

  private static @Nullable Long number(String text) {
    return text.matches("[0-9]{1,9}") ? Long.valueOf(text) : null;
  }

  private static @Nullable Long megabytes(String text) {
    Matcher matcher = MEMORY.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return null;
    }
    long number = Long.parseLong(matcher.group("number"));
    return switch (matcher.group("unit")) {
      case "m" -> number;
      case "g" -> number << 10;
      default -> number << 20;
    };
  }

  /** The usual words for an operating system, by any of its names. */
  public static String osName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mac") || lower.equals("darwin")) {
      return "darwin";
    }
    return lower.startsWith("win") ? "windows" : lower;
  }
}
