package io.nanoswarm.agent;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads users' code before the worker's, so that it brings dependencies of its own, in versions of
 * its own. What agent and worker pass to each other has to be the same class on both sides: the
 * JDK, the SDK, and the libraries whose types stand in the SDK's signatures, {@link #SHARED}.
 *
 * <p>What the user's code does not hold is looked for in the worker, so that libraries which come
 * with the SDK need not be brought along.
 */
final class CodeLoader extends URLClassLoader {
  /** Beginnings of the names of classes that are the worker's, if it has them. */
  static final List<String> SHARED =
      List.of(
          "java.",
          "io.nanoswarm.",
          "org.apache.pekko.",
          "scala.",
          "com.typesafe.config.",
          "org.reactivestreams.",
          "org.slf4j.",
          "org.jspecify.",
          "com.fasterxml.jackson.annotation.",
          "com.fasterxml.jackson.core.",
          "com.fasterxml.jackson.databind.");

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader worker;

  CodeLoader(URL[] classPath, ClassLoader worker) {
    super("agent-code", classPath, worker);
    this.worker = worker;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = shared(name) ? sharedFirst(name) : ownFirst(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private static boolean shared(String name) {
    return SHARED.stream().anyMatch(name::startsWith);
  }

  /** Users' classes may stand in packages of these names, as those of our samples do. */
  private Class<?> sharedFirst(String name) throws ClassNotFoundException {
    try {
      return worker.loadClass(name);
    } catch (ClassNotFoundException _) {
      return findClass(name);
    }
  }

  private Class<?> ownFirst(String name) throws ClassNotFoundException {
    try {
      return getPlatformClassLoader().loadClass(name);
    } catch (ClassNotFoundException _) {
      // Not of the JDK.
    }
    try {
      return findClass(name);
    } catch (ClassNotFoundException _) {
      return worker.loadClass(name);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? worker.getResource(name) : own;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    var all = new ArrayList<>(Collections.list(findResources(name)));
    all.addAll(Collections.list(worker.getResources(name)));
    return Collections.enumeration(all);
  }
}
