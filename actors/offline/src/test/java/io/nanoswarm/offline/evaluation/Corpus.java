package io.nanoswarm.offline.evaluation;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A foreign folder that questions are asked about; the build of this module unpacks it. */
enum Corpus {
  /** A database, in Java. */
  H2,
  /** Typed actors, in Scala. */
  PEKKO,
  /** Line editing in terminals, in Java. */
  JLINE,
  /** The manual of an integration framework, in AsciiDoc. */
  CAMEL;

  /** The property that names the folder of all corpora. */
  static final String FOLDER = "nanoswarm.corpora";

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where it was unpacked; an error that says what to do if it was not. */
  Path folder() {
    Path folder = Path.of(System.getProperty(FOLDER, "target/corpora"), label());
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          "%s: no such folder; mvn generate-test-resources -pl actors/offline -am makes it, and -D%s names the folder around it"
              .formatted(folder, FOLDER));
    }
    return folder;
  }

  /** The text of one file, read by nothing that is to be judged. */
  String read(String path) throws IOException {
    Path file = folder().resolve(path);
    try {
      return Files.readString(file);
    } catch (MalformedInputException _) {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
  }
}
