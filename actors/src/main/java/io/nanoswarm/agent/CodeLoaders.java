package io.nanoswarm.agent;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The class loaders of a worker: one for every state of users' code, so that agents and skills of
 * the same code share their classes, and nobody shares another's.
 *
 * <p>Not thread safe. The loaders live as long as the worker does.
 */
public final class CodeLoaders {
  private final ClassLoader own = CodeLoaders.class.getClassLoader();
  private final Map<Key, ClassLoader> loaders = new HashMap<>();

  private record Key(List<String> classPath, String version) {}

  /** Finds the classes of this code; the worker's own if it has no class path of its own. */
  public ClassLoader of(AgentCode code) {
    return code.classPath().isEmpty()
        ? own
        : loaders.computeIfAbsent(
            new Key(code.classPath(), code.version()),
            key -> new CodeLoader(urls(key.classPath()), own));
  }

  private static URL[] urls(List<String> classPath) {
    return classPath.stream().map(CodeLoaders::url).toArray(URL[]::new);
  }

  private static URL url(String path) {
    try {
      return new File(path).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(
          "class path: '%s' (expected: the path of a jar or folder)".formatted(path), e);
    }
  }
}
