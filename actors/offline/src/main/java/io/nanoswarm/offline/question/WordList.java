package io.nanoswarm.offline.question;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringTokenizer;

/** Reads a list of words from this package's resources. */
final class WordList {
  private WordList() {}

  /** The lines of a resource, comments included. */
  static List<String> lines(String resource) {
    try (var in = Objects.requireNonNull(WordList.class.getResourceAsStream(resource), resource);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  static List<String> words(String line) {
    var words = new ArrayList<String>();
    var tokens = new StringTokenizer(line);
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    return words;
  }
}
