package io.nanoswarm.node;

/** A setting that makes no sense: the message has place, key, value and what was expected. */
final class SettingsProblem extends IllegalArgumentException {
  SettingsProblem(String message) {
    super(message);
  }
}
