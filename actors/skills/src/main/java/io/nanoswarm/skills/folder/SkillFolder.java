package io.nanoswarm.skills.folder;

import io.nanoswarm.session.Need;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One folder with a {@code SKILL.md}, as it was when it was read.
 *
 * <p>Guarantees: nothing outside of the folder is read, whatever links it holds.
 */
public final class SkillFolder {
  /** The file that makes a folder a skill. */
  public static final String FILE = "SKILL.md";

  private static final long MAX_FILE_BYTES = 1 << 20;
  private static final int MAX_LISTED = 50;

  private final Path folder;
  private final SkillText text;

  private SkillFolder(Path folder, SkillText text) {
    this.folder = folder;
    this.text = text;
  }

  /** A file cannot be read, or may not; the message says why. */
  public static final class NotReadable extends Exception {
    NotReadable(String message) {
      super(message);
    }
  }

  /**
   * @throws NotReadable if the file is too large, or no file at all
   */
  public static SkillFolder read(Path folder) throws NotReadable {
    try {
      Path real = folder.toRealPath();
      return new SkillFolder(real, SkillText.parse(content(real, FILE)));
    } catch (IOException e) {
      throw new NotReadable("%s cannot be read: %s".formatted(folder, e));
    }
  }

  /** The folder's, whatever the text says. */
  public String name() {
    return folder.getFileName().toString();
  }

  public Path path() {
    return folder;
  }

  /** What the text says it is for; its name if it says nothing. */
  public String description() {
    return text.description().isEmpty() ? name() : text.description();
  }

  /** Whether an agent is to know the instructions without asking. */
  public boolean always() {
    return text.always();
  }

  /** What is wrong with the text, if something is. */
  public Optional<String> problem() {
    return text.problem();
  }

  /** The text without its front matter, with this folder wherever it says {@code {baseDir}}. */
  public String instructions() {
    return text.body().replace("{baseDir}", folder.toString());
  }

  /** What a node must have. */
  public List<Need> needs() {
    return text.requirements().needs();
  }

  /**
   * The text of a file of the folder.
   *
   * @param file relative to the folder
   */
  public String resource(String file) throws NotReadable {
    try {
      return content(folder, file);
    } catch (IOException | InvalidPathException _) {
      throw new NotReadable("no file %s in skill %s (it has: %s)".formatted(file, name(), files()));
    }
  }

  private static String content(Path folder, String file) throws IOException, NotReadable {
    Path real = folder.resolve(file).toRealPath();
    if (!real.startsWith(folder)) {
      throw new NotReadable("%s lies outside of %s".formatted(file, folder));
    }
    if (!Files.isRegularFile(real)) {
      throw new NotReadable("%s is no file".formatted(file));
    }
    long size = Files.size(real);
    if (size > MAX_FILE_BYTES) {
      throw new NotReadable("%s has %d bytes (at most %d)".formatted(file, size, MAX_FILE_BYTES));
    }
    return new String(Files.readAllBytes(real), StandardCharsets.UTF_8);
  }

  private String files() {
    try (Stream<Path> files = Files.walk(folder, 4)) {
      return String.join(
          ", ",
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString())
              .sorted()
              .limit(MAX_LISTED)
              .toList());
    } catch (IOException e) {
      return "nothing that can be listed";
    }
  }
}
