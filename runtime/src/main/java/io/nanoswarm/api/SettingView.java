package io.nanoswarm.api;

/**
 * One setting that a node started here would have.
 *
 * @param key its path
 * @param value as the configuration writes it
 * @param from {@code default}, {@code environment}, or the file that sets it
 */
public record SettingView(String key, String value, String from) {}
