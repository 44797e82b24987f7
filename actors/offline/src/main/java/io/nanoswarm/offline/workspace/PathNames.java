package io.nanoswarm.offline.workspace;

import io.nanoswarm.blackboard.Place;
import io.nanoswarm.offline.document.PdfText;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What the name of a path alone tells about it. */
final class PathNames {
  private static final Set<String> BINARY =
      Set.of(
          "7z",
          "a",
          "aac",
          "avi",
          "avif",
          "bin",
          "bmp",
          "bz2",
          "class",
          "db",
          "dll",
          "dmg",
          "doc",
          "docx",
          "dylib",
          "ear",
          "eot",
          "exe",
          "flac",
          "gif",
          "gz",
          "ico",
          "icns",
          "iso",
          "jar",
          "jks",
          "jpeg",
          "jpg",
          "keystore",
          "lib",
          "mkv",
          "mov",
          "mp3",
          "mp4",
          "mpg",
          "o",
          "obj",
          "odp",
          "ods",
          "odt",
          "ogg",
          "otf",
          "p12",
          "png",
          "ppt",
          "pptx",
          "psd",
          "pyc",
          "rar",
          "so",
          "sqlite",
          "tar",
          "tgz",
          "tif",
          "tiff",
          "ttf",
          "war",
          "wasm",
          "wav",
          "webm",
          "webp",
          "woff",
          "woff2",
          "xls",
          "xlsx",
          "xz",
          "zip",
          "zst");

  private static final Set<String> HTML = Set.of("html", "htm", "xhtml");
  private static final int MAX_BYTES = 1024 * 1024;

  private PathNames() {}

  static String relative(Path root, Path path) {
    String relative = root.relativize(path).toString();
    String separator = root.getFileSystem().getSeparator();
    return separator.equals("/") ? relative : relative.replace(separator, "/");
  }

  static boolean isHtml(String path) {
    return HTML.contains(extension(path));
  }

  /** What a file with such a name may have and still be read. */
  static int maxBytes(String path) {
    return Place.hasPages(path) ? PdfText.MAX_BYTES : MAX_BYTES;
  }

  static boolean isBinary(String path) {
    return BINARY.contains(extension(path));
  }

  /** Lower-case, without the dot; empty if there is none. */
  static String extension(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') ? path.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
  }
}
