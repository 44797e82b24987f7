package io.nanoswarm.offline.workspace;

import java.util.regex.Pattern;

/** Tells by its path whether a file belongs to tests, or to examples. */
public final class TestFiles {
  private static final Pattern FOLDER =
      Pattern.compile("(?:^|/)(?:tests?|__tests__|testing|testdata|specs?|fixtures|it|e2e)/");

  /** What Java calls a {@code Spec} describes something, as a key or an agent. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:^|/)(?:[^/]*(?:Tests?|TestCase|IT|Spec(?!\\.java))\\.\\w+|Test[A-Z][^/]*\\.java|test_[^/]*\\.py|conftest\\.py"
              + "|[^/]*[_.-](?:test|tests|spec)\\.\\w+|[^/]*\\.(?:test|spec)\\.[^/]*)$");

  private static final Pattern EXAMPLE =
      Pattern.compile("(?:^|/)(?:examples?|samples?|demos?|templates?)/");

  private TestFiles() {}

  public static boolean isTest(String path) {
    return FOLDER.matcher(path).find() || NAME.matcher(path).find();
  }

  public static boolean isExample(String path) {
    return EXAMPLE.matcher(path).find();
  }
}
