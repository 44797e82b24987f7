package io.nanoswarm.api;

import java.util.List;

/**
 * The settings that a node started here would have.
 *
 * @param layer {@code local}, {@code cluster}, {@code kubernetes} or {@code load}
 * @param settings in the order of their keys
 */
public record SettingsView(String layer, List<SettingView> settings) {
  public SettingsView {
    settings = List.copyOf(settings);
  }
}
