package io.nanoswarm.offline.figures;

import io.nanoswarm.offline.workspace.TestFiles;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which test belongs to which file, by their names: {@code Till} and {@code TillTest}. */
final class TestNames {
  private static final Pattern MARK =
      Pattern.compile("^test_|[_.-](?:test|tests|spec)$|(?:tests?|testcase|it|spec)$|^test(?=.)");

  private TestNames() {}

  static List<String> of(String path, Collection<String> paths) {
    if (TestFiles.isTest(path)) {
      return List.of();
    }
    String stem = stem(path);
    String extension = extension(path);
    return paths.stream()
        .filter(each -> TestFiles.isTest(each) && extension(each).equals(extension))
        .filter(each -> MARK.matcher(stem(each)).find() && tested(stem(each)).equals(stem))
        .sorted()
        .toList();
  }

  private static String tested(String testStem) {
    return MARK.matcher(testStem).replaceFirst("");
  }

  private static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
