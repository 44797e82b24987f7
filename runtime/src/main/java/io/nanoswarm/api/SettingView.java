package io.nanoswarm.api;

/**
 * One setting that a node started here would have. Secrets are told as {@code "***"}.
 *
 * @param key its path
 * @param value as the configuration writes it
 * @param from {@code default}, {@code $VARIABLE}, {@code command line}, {@code system property}, or
 *     the file that sets it with its line; files of the program begin with {@code layers/}
 */
public record SettingView(String key, String value, String from) {}
