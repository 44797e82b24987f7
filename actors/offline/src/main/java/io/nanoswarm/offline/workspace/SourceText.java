package io.nanoswarm.offline.workspace;

import io.nanoswarm.blackboard.Place;
import io.nanoswarm.offline.document.HtmlSource;
import io.nanoswarm.offline.document.PdfText;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * The text of one file of a workspace, as it was when the workspace was scanned.
 *
 * <p>Guarantees: what is returned has the size and hash that the manifest states; a file that was
 * changed, removed or became unreadable since is reported as {@link FileChanged} and never used.
 *
 * @param lines without line ends
 */
public record SourceText(String path, List<String> lines) {

  /** A file is not what the manifest states any more. */
  public static final class FileChanged extends Exception {
    private final String message;

    FileChanged(String path, String how) {
      super(null, null, false, false);
      this.message = "%s %s since the session was opened".formatted(path, how);
    }

    @Override
    public String getMessage() {
      return message;
    }
  }

  public SourceText {
    lines = List.copyOf(lines);
  }

  /** Blocks while the file is read. */
  public static SourceText read(Path root, Manifest.File file) throws FileChanged {
    return new SourceText(file.path(), lines(file, content(root, file), 1, Integer.MAX_VALUE));
  }

  /**
   * The same lines, but that those of other pages may be empty or missing: of a PDF, no more pages
   * are read than these lines stand on. Blocks.
   */
  public static SourceText around(Path root, Manifest.File file, int firstLine, int lastLine)
      throws FileChanged {
    return new SourceText(file.path(), lines(file, content(root, file), firstLine, lastLine));
  }

  /** Reads the file and nothing out of it; blocks. */
  public static void check(Path root, Manifest.File file) throws FileChanged {
    byte[] _ = content(root, file);
  }

  private static byte[] content(Path root, Manifest.File file) throws FileChanged {
    byte[] content;
    Path place = root.resolve(file.path());
    if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileChanged(file.path(), "was removed");
    }
    try (InputStream in = Files.newInputStream(place)) {
      content = in.readNBytes(PathNames.maxBytes(file.path()) + 1);
    } catch (IOException _) {
      throw new FileChanged(file.path(), "became unreadable");
    }
    if (content.length != file.size() || !Sha256.of(content).equals(file.sha256())) {
      throw new FileChanged(file.path(), "was changed");
    }
    return content;
  }

  private static List<String> lines(
      Manifest.File file, byte[] content, int firstLine, int lastLine) {
    if (Place.hasPages(file.path())) {
      return PdfText.lines(content, firstLine, lastLine);
    }
    String text =
        Decoding.text(content)
            .orElseThrow(() -> new IllegalArgumentException(file.path() + " is no text"));
    return PathNames.isHtml(file.path()) ? HtmlSource.lines(text) : text.lines().toList();
  }
}
