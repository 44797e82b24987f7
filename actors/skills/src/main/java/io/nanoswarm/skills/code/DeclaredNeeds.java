package io.nanoswarm.skills.code;

import io.nanoswarm.session.Need;
import io.nanoswarm.skill.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a class declares by {@link Needs} from its file: nothing of users' code is loaded. */
public final class DeclaredNeeds {
  private static final ClassDesc ANNOTATION = ClassDesc.of(Needs.class.getName());

  private DeclaredNeeds() {}

  /**
   * What the class declares; nothing if its file is not there, cannot be read, or says what can be
   * no need: whoever loads the class tells what is wrong with it. Blocks.
   *
   * @param classPath jars and folders, before the class path of this JVM
   */
  public static List<Need> of(String implementation, List<String> classPath) {
    try {
      byte[] file = file(implementation.replace('.', '/') + ".class", classPath);
      return file == null ? List.of() : needs(file);
    } catch (IOException | IllegalArgumentException _) {
      return List.of();
    }
  }

  /**
   * Of a class that is loaded.
   *
   * @throws IllegalArgumentException if it declares what can be no need
   */
  static List<Need> of(Class<?> type) {
    Needs declared = type.getAnnotation(Needs.class);
    return declared == null ? List.of() : Stream.of(declared.value()).map(Need::new).toList();
  }

  private static byte @Nullable [] file(String name, List<String> classPath) throws IOException {
    for (String each : classPath) {
      byte[] found = fileIn(Path.of(each), name);
      if (found != null) {
        return found;
      }
    }
    try (InputStream own = DeclaredNeeds.class.getClassLoader().getResourceAsStream(name)) {
      return own == null ? null : own.readAllBytes();
    }
  }

  private static byte @Nullable [] fileIn(Path place, String name) throws IOException {
    if (Files.isDirectory(place)) {
      Path file = place.resolve(name);
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }
    if (!Files.isRegularFile(place)) {
      return null;
    }
    try (var jar = new JarFile(place.toFile())) {
      var entry = jar.getEntry(name);
      if (entry == null) {
        return null;
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }

  private static List<Need> needs(byte[] classFile) {
    return ClassFile.of()
        .parse(classFile)
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .stream()
        .flatMap(all -> all.annotations().stream())
        .filter(each -> each.classSymbol().equals(ANNOTATION))
        .flatMap(DeclaredNeeds::texts)
        .map(Need::new)
        .toList();
  }

  private static Stream<String> texts(Annotation needs) {
    return needs.elements().stream()
        .map(AnnotationElement::value)
        .flatMap(value ->
            value instanceof AnnotationValue.OfArray array
                ? array.values().stream()
                : Stream.of(value))
        .map(value ->
            value instanceof AnnotationValue.OfString text
                ? Optional.of(text.stringValue())
                : Optional.<String>empty())
        .flatMap(Optional::stream);
  }
}
