package io.nanoswarm.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that notes which keys it is asked for, by their whole paths, and says of a value
 * of the wrong kind where it stands and what was expected.
 */
final class AskedConfig {
  private static final Map<String, String> KINDS =
      Map.of(
          "getDuration", "a time, as 10s or 5 minutes",
          "getBytes", "a size, as 512 KiB or 16 MiB",
          "getInt", "a whole number",
          "getDouble", "a number",
          "getBoolean", "on or off",
          "getString", "a text",
          "getStringList", "a list of texts, as [\"a\", \"b\"]");

  private final Config whole;
  private final Set<String> keys = new TreeSet<>();

  AskedConfig(Config whole) {
    this.whole = whole;
  }

  /** Answers as the whole configuration does. */
  Config asked() {
    return at("", whole);
  }

  /** What has been asked for so far, groups not counted. */
  Set<String> keys() {
    return keys;
  }

  private Config at(String prefix, Config config) {
    return (Config)
        Proxy.newProxyInstance(
            Config.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (_, method, arguments) -> answer(prefix, config, method, arguments));
  }

  private @Nullable Object answer(
      String prefix, Config config, Method method, Object @Nullable [] arguments) throws Throwable {
    boolean ofKey = arguments != null && arguments.length > 0 && arguments[0] instanceof String;
    String key = ofKey && arguments != null ? prefix + arguments[0] : prefix;
    try {
      Object answer = method.invoke(config, arguments);
      if (ofKey && answer instanceof Config group) {
        return at(key + ".", group);
      }
      if (ofKey) {
        keys.add(key);
      }
      return answer;
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof ConfigException wrong
          ? new SettingsProblem(told(key, method.getName(), wrong))
          : e.getCause();
    }
  }

  private String told(String key, String method, ConfigException wrong) {
    ConfigValue value = found(key);
    String expected = KINDS.getOrDefault(method, "a group of keys");
    return value == null
        ? "%s: nothing (expected: %s); %s".formatted(key, expected, wrong.getMessage())
        : "%s: %s: %s (expected: %s)"
            .formatted(
                SettingOrigin.of(value.origin()),
                key,
                SettingsInForce.masked(key, value.render(ConfigRenderOptions.concise())),
                expected);
  }

  private @Nullable ConfigValue found(String key) {
    @Nullable ConfigValue at = whole.root();
    for (String part : key.split("\\.", -1)) {
      if (!(at instanceof Map<?, ?> group)) {
        return null;
      }
      at = (ConfigValue) group.get(part);
    }
    return at;
  }
}
