package io.nanoswarm.skills.folder;

import io.nanoswarm.session.Need;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders with a {@code SKILL.md} that come with the program. They are resources, and become
 * files in a cache, so that their scripts can be run.
 *
 * <p>Guarantees: a folder of the cache holds all files of this program's version or is not there;
 * several processes may unpack at the same time. Thread safe.
 */
public final class BuiltInFolders {
  private static final String PLACE = "built-in/";

  /** Relative to the place; a test compares them with what is there. */
  static final List<String> FILES =
      List.of(
          "skill-authoring/SKILL.md",
          "skill-authoring/references/process-skills.md",
          "skill-authoring/scripts/new-skill.sh",
          "text-search/SKILL.md");

  private final Path cache;

  /**
   * @param cache a folder for what can be made again
   */
  public BuiltInFolders(Path cache) {
    this.cache = cache;
  }

  /** The names of all such skills, in order. */
  public static List<String> names() {
    return FILES.stream().map(BuiltInFolders::name).distinct().toList();
  }

  private static String name(String file) {
    return file.substring(0, file.indexOf('/'));
  }

  /** What a skill of this name is for; no files are made for it. */
  public static String description(String name) {
    return text(name).description();
  }

  /** What a skill of this name needs; no files are made for it. */
  public static List<Need> needs(String name) {
    return text(name).requirements().needs();
  }

  private static SkillText text(String name) {
    return SkillText.parse(
        new String(resource(name + "/" + SkillFolder.FILE), StandardCharsets.UTF_8));
  }

  /**
   * The folder that holds all of them as files; made if it is not there. Blocks.
   *
   * @throws IOException if it cannot be made
   */
  public Path unpacked() throws IOException {
    Path place = cache.resolve("built-in-skills").resolve(version());
    if (Files.isDirectory(place)) {
      return place;
    }
    Files.createDirectories(place.getParent());
    Path making = Files.createTempDirectory(place.getParent(), "making");
    try {
      for (String file : FILES) {
        Path target = making.resolve(file);
        Files.createDirectories(target.getParent());
        Files.write(target, resource(file));
      }
      Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(making);
      // Another process was faster.
      if (!Files.isDirectory(place)) {
        throw e;
      }
    }
    return place;
  }

  /** Of names and contents, so that another version of the program has another folder. */
  private static String version() {
    var content = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(content)) {
      for (String file : FILES) {
        byte[] bytes = resource(file);
        out.writeUTF(file);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.toByteArray());
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static byte[] resource(String file) {
    try (InputStream in = BuiltInFolders.class.getResourceAsStream(PLACE + file)) {
      if (in == null) {
        throw new IllegalStateException("resource " + PLACE + file + " is not in the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("resource " + PLACE + file + " cannot be read", e);
    }
  }
}
