package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.workspace.SourceText;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Java as well as this runtime can. */
final class JavaReading implements AutoCloseable {
  private final boolean hasParser = JavaTrees.areHere();
  private @Nullable JavaTrees trees;

  List<FileFacts> read(List<SourceText> sources) throws IOException {
    if (sources.isEmpty()) {
      return List.of();
    }
    if (!hasParser) {
      return sources.stream().map(JavaReading::byLines).toList();
    }
    if (trees == null) {
      trees = JavaTrees.ofThisRuntime();
    }
    try {
      return trees.read(sources);
    } catch (StackOverflowError | RuntimeException _) {
      // An expression deeper than the stack, or a file that the parser cannot bear.
      return sources.stream().map(JavaReading::byLines).toList();
    }
  }

  private static FileFacts byLines(SourceText source) {
    return JvmLines.read(SourceLanguage.JAVA, source.lines());
  }

  @Override
  public void close() throws IOException {
    if (trees != null) {
      trees.close();
    }
  }
}
