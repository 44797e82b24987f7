package io.nanoswarm.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.nanoswarm.api.SettingView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings that a control node started by this program would have, and where each is from: all
 * of ours, and those of Pekko that a layer or a person sets.
 */
final class SettingsInForce {
  private static final String OURS = LayeredSettings.OURS + ".";

  /** What such a key holds, and no place of it. */
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|passphrase|secret|token|credential)s?");

  private static final Pattern IN_URL =
      Pattern.compile("(?i)([?&][^=&]*password[^=&]*=)[^&\"]*|(//[^/@:\"]*:)[^@/\"]*(?=@)");

  private SettingsInForce() {}

  /** In the order of their keys. */
  static List<SettingView> list(Config config) {
    Map<String, SettingView> settings = new TreeMap<>();
    config
        .entrySet()
        .forEach(entry -> {
          String from = SettingOrigin.of(entry.getValue().origin());
          String key = entry.getKey();
          if (key.startsWith(OURS) || isSet(key, from)) {
            String value = entry.getValue().render(ConfigRenderOptions.concise());
            settings.put(key, new SettingView(key, masked(key, value), from));
          }
        });
    return List.copyOf(settings.values());
  }

  /** By a layer, or by a person in a file; what the JVM has of system properties is not told. */
  private static boolean isSet(String key, String from) {
    return from.startsWith("layers/")
        || (from.startsWith("/") && !key.startsWith("config."))
        || from.matches("[A-Za-z]:.*");
  }

  /** A value as it may be shown. */
  static String masked(String key, String value) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    if (SECRET.matcher(name).matches()) {
      return "\"***\"";
    }
    return IN_URL
        .matcher(value)
        .replaceAll(found -> (found.group(1) == null ? found.group(2) : found.group(1)) + "***");
  }
}
