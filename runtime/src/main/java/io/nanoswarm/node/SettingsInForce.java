package io.nanoswarm.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import io.nanoswarm.api.SettingView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The settings that a control node started by this program would have, and where each is from. */
final class SettingsInForce {
  private static final String OURS = "swarm.";

  private SettingsInForce() {}

  /**
   * In the order of their keys. Holds no secret: passwords and tokens are in files of their own.
   */
  static List<SettingView> list() {
    Config layers = ConfigFactory.load(ConfigFactory.parseResources("control.conf"));
    Map<String, SettingView> settings = new TreeMap<>();
    layers
        .entrySet()
        .forEach(entry -> {
          if (entry.getKey().startsWith(OURS)) {
            settings.put(
                entry.getKey(),
                new SettingView(
                    entry.getKey(),
                    entry.getValue().render(ConfigRenderOptions.concise()),
                    from(entry.getValue().origin())));
          }
        });
    return List.copyOf(settings.values());
  }

  private static String from(ConfigOrigin origin) {
    if (origin.description().contains("env var")) {
      return "environment";
    }
    String file = origin.filename() != null ? origin.filename() : origin.resource();
    String name = file == null ? origin.description() : file;
    return name.contains("reference.conf") ? "default" : name;
  }
}
