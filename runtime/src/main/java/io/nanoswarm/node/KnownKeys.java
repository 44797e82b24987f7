package io.nanoswarm.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.nanoswarm.definition.Similar;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The keys that there are: those of ours, all of which have a default, and the roots of Pekko and
 * its plugins, whose own keys are not looked at.
 */
record KnownKeys(Set<String> ours, Set<String> roots) {
  private static final String PREFIX = LayeredSettings.OURS + ".";

  /** Below it stand settings of Pekko's. */
  private static final String FREE = PREFIX + "dispatchers.";

  static KnownKeys ofDefaults(Config defaults) {
    return new KnownKeys(
        defaults.entrySet().stream()
            .map(Map.Entry::getKey)
            .filter(key -> key.startsWith(PREFIX))
            .collect(Collectors.toCollection(TreeSet::new)),
        defaults.root().keySet());
  }

  /**
   * @throws SettingsProblem for a key that does not exist, with the one that may be meant
   */
  void check(Config whole) {
    for (var entry : new TreeSet<>(whole.root().keySet())) {
      if (!roots.contains(entry)) {
        whole
            .withOnlyPath(ConfigUtil.quoteString(entry))
            .entrySet()
            .forEach(each -> refuse(each.getKey(), each.getValue()));
      }
    }
    whole.withOnlyPath(LayeredSettings.OURS).entrySet().stream()
        .filter(each -> !ours.contains(each.getKey()) && !each.getKey().startsWith(FREE))
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> refuse(each.getKey(), each.getValue()));
  }

  private void refuse(String key, ConfigValue value) {
    String from = SettingOrigin.of(value.origin());
    if (from.equals("system property")) {
      return;
    }
    String shown = SettingsInForce.masked(key, value.render(ConfigRenderOptions.concise()));
    boolean isGroup = ours.stream().anyMatch(known -> known.startsWith(key + "."));
    String expected =
        isGroup
            ? "a group of keys, as " + first(key)
            : meant(key)
                .map(known -> "a key that exists; did you mean %s?".formatted(known))
                .orElse("a key that exists: see `swarm config`");
    throw new SettingsProblem("%s: %s: %s (expected: %s)".formatted(from, key, shown, expected));
  }

  private String first(String group) {
    return ours.stream().filter(known -> known.startsWith(group + ".")).findFirst().orElseThrow();
  }

  private Optional<String> meant(String key) {
    if (ours.contains(PREFIX + key)) {
      return Optional.of(PREFIX + key);
    }
    String last = key.substring(key.lastIndexOf('.') + 1);
    return Similar.to(key, ours)
        .or(() -> Similar.to(PREFIX + key, ours))
        .or(() -> ours.stream().filter(known -> known.endsWith("." + last)).findFirst());
  }
}
