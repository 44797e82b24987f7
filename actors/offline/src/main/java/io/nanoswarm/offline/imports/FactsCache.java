package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import io.nanoswarm.offline.imports.FileFacts.Start;
import io.nanoswarm.offline.workspace.Sha256;
import io.nanoswarm.workspace.Manifest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The facts of the files of each workspace, kept on this machine by the content of the files.
 *
 * <p>Guarantees: a file of facts appears whole or not at all; one that cannot be read counts as
 * none. Those of the 32 workspaces that were written last are kept.
 */
public final class FactsCache {
  private static final int MOST = 32;
  private static final String FORMAT = "facts 1";
  private static final String ENDING = ".facts";

  private final Path folder;

  /**
   * @param cache where the machine keeps what can be made again
   */
  public FactsCache(Path cache) {
    this.folder = cache.resolve("imports");
  }

  /** Facts follow from content and language. */
  static String key(Manifest.File file) {
    return file.sha256() + " " + SourceLanguage.of(file.path());
  }

  /** What is known of a workspace, by {@link #key}. */
  Map<String, FileFacts> open(Path root) {
    var facts = new HashMap<String, FileFacts>();
    Path place = place(root);
    try (var in =
        new DataInputStream(
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(place))))) {
      if (!in.readUTF().equals(FORMAT)) {
        return Map.of();
      }
      var strings = new HashMap<String, String>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        facts.put(in.readUTF(), facts(in, strings));
      }
      return Collections.unmodifiableMap(facts);
    } catch (IOException | IllegalArgumentException _) {
      return Map.of();
    }
  }

  /** A disk that is full costs the cache and nothing else. */
  void save(Path root, List<Manifest.File> files, Map<String, FileFacts> facts) {
    try {
      Files.createDirectories(folder);
      Path making = Files.createTempFile(folder, "making-", "");
      try {
        write(making, files, facts);
        Files.move(making, place(root), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(making);
      }
      removeOldest();
    } catch (IOException _) {
      // Made again next time.
    }
  }

  private static void write(Path place, List<Manifest.File> files, Map<String, FileFacts> facts)
      throws IOException {
    try (var out =
        new DataOutputStream(
            new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(place))))) {
      out.writeUTF(FORMAT);
      List<Manifest.File> known =
          files.stream().filter(file -> facts.containsKey(file.path())).toList();
      out.writeInt(known.size());
      for (Manifest.File file : known) {
        out.writeUTF(key(file));
        write(out, facts.getOrDefault(file.path(), FileFacts.NONE));
      }
    }
  }

  private static void write(DataOutputStream out, FileFacts facts) throws IOException {
    out.writeUTF(facts.space());
    out.writeInt(facts.names().size());
    for (String name : facts.names()) {
      out.writeUTF(name);
    }
    write(out, facts.imports());
    write(out, facts.uses());
    out.writeInt(facts.starts().size());
    for (Start start : facts.starts()) {
      out.writeUTF(start.kind());
      out.writeUTF(start.name());
      out.writeInt(start.line());
    }
  }

  private static void write(DataOutputStream out, List<Named> named) throws IOException {
    out.writeInt(named.size());
    for (Named each : named) {
      out.writeUTF(each.name());
      out.writeInt(each.line());
    }
  }

  private static FileFacts facts(DataInputStream in, Map<String, String> strings)
      throws IOException {
    String space = text(in, strings);
    var names = new ArrayList<String>();
    for (int left = in.readInt(); left > 0; left--) {
      names.add(text(in, strings));
    }
    List<Named> imports = named(in, strings);
    List<Named> uses = named(in, strings);
    var starts = new ArrayList<Start>();
    for (int left = in.readInt(); left > 0; left--) {
      starts.add(new Start(text(in, strings), text(in, strings), in.readInt()));
    }
    return new FileFacts(space, names, imports, uses, starts);
  }

  private static List<Named> named(DataInputStream in, Map<String, String> strings)
      throws IOException {
    var named = new ArrayList<Named>();
    for (int left = in.readInt(); left > 0; left--) {
      named.add(new Named(text(in, strings), in.readInt()));
    }
    return named;
  }

  private static String text(DataInputStream in, Map<String, String> strings) throws IOException {
    String read = in.readUTF();
    return strings.computeIfAbsent(read, same -> same);
  }

  private Path place(Path root) {
    return folder.resolve(Sha256.of(root.toString()) + ENDING);
  }

  private void removeOldest() throws IOException {
    record Kept(Path path, FileTime written) {}
    var kept = new ArrayList<Kept>();
    try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path each : files) {
        kept.add(new Kept(each, Files.getLastModifiedTime(each)));
      }
    } catch (NoSuchFileException _) {
      return; // another process removes them
    }
    kept.sort(Comparator.comparing(Kept::written).thenComparing(Kept::path));
    for (int i = 0; i < kept.size() - MOST; i++) {
      Files.deleteIfExists(kept.get(i).path());
    }
  }
}
