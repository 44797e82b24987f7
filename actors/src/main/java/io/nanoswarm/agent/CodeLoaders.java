package io.nanoswarm.agent;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The class loaders of a worker: one for every state of users' code, so that agents and skills of
 * the same code share their classes, and nobody shares another's.
 *
 * <p>Safe for many threads. The loaders live as long as the worker does.
 */
public final class CodeLoaders {
  private final ClassLoader own = CodeLoaders.class.getClassLoader();
  private final Map<Key, ClassLoader> loaders = new ConcurrentHashMap<>();

  private record Key(List<Path> classPath, String version) {}

  /**
   * Finds the classes of this code; the worker's own if it has no parts.
   *
   * @param folder that its parts are in, absolute
   */
  public ClassLoader of(AgentCode code, Path folder) {
    if (code.parts().isEmpty()) {
      return own;
    }
    var classPath = code.parts().stream().map(part -> folder.resolve(part.name())).toList();
    return loaders.computeIfAbsent(
        new Key(classPath, code.version()), key -> new CodeLoader(urls(key.classPath()), own));
  }

  private static URL[] urls(List<Path> classPath) {
    return classPath.stream().map(CodeLoaders::url).toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toFile().toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(
          "class path: '%s' (expected: the path of a jar or folder)".formatted(path), e);
    }
  }
}
