package io.nanoswarm.offline.answer;

import io.nanoswarm.workspace.Manifest;
import java.util.Locale;

/** One line on how much was searched and what was passed over. */
final class Searched {
  private Searched() {}

  static String line(Manifest manifest) {
    long bytes = manifest.files().stream().mapToLong(Manifest.File::size).sum();
    var text = new StringBuilder("_Searched ");
    int files = manifest.files().size();
    text.append(String.format(Locale.ROOT, "%,d", files))
        .append(files == 1 ? " file (" : " files (")
        .append(size(bytes))
        .append(").");
    if (!manifest.skipped().isEmpty()) {
      text.append(" Passed over: ")
          .append(
              String.join(
                  ", ",
                  manifest.skipped().stream()
                      .map(each -> each.files() + " " + each.reason())
                      .toList()))
          .append('.');
    }
    return text.append('_').toString();
  }

  private static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " bytes";
    }
    return bytes < 1024 * 1024
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
  }
}
