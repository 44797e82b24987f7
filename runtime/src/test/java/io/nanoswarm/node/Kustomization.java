package io.nanoswarm.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What a folder with a {@code kustomization.yaml} comes to: of kustomize just what our manifests
 * use. Anything else in one is refused, so that a manifest never means something here that it does
 * not mean there.
 */
final class Kustomization {
  private static final Set<String> KNOWN =
      Set.of("apiVersion", "kind", "resources", "patches", "images");

  private Kustomization() {}

  /** All documents, those of its bases first, patched. */
  static List<Map<String, Object>> resolve(Path folder) throws IOException {
    var told = documents(folder.resolve("kustomization.yaml")).getFirst();
    expect(KNOWN.containsAll(told.keySet()), "%s: %s", folder, told.keySet());
    List<Map<String, Object>> resolved = new ArrayList<>();
    for (Object resource : list(told, "resources")) {
      Path path = folder.resolve((String) resource).normalize();
      resolved.addAll(Files.isDirectory(path) ? resolve(path) : documents(path));
    }
    for (Object patch : list(told, "patches")) {
      var fields = map(patch);
      expect(fields.keySet().equals(Set.of("path", "target")), "%s: %s", folder, patch);
      var target = map(fields.get("target"));
      expect(target.keySet().equals(Set.of("kind", "name")), "%s: %s", folder, patch);
      var found =
          resolved.stream()
              .filter(each -> target.get("kind").equals(each.get("kind")))
              .filter(each -> target.get("name").equals(name(each)))
              .toList();
      expect(found.size() == 1, "%s: patch of %s, of which there are %s", folder, target, found);
      for (Object operation : operations(folder.resolve((String) fields.get("path")))) {
        apply(map(operation), found.getFirst());
      }
    }
    for (Object image : list(told, "images")) {
      resolved.forEach(each -> rename(map(image), each));
    }
    return resolved;
  }

  static String name(Map<String, Object> document) {
    return (String) map(document.get("metadata")).get("name");
  }

  static List<Map<String, Object>> documents(Path file) throws IOException {
    return parse(Files.readString(file)).stream().map(Kustomization::map).toList();
  }

  /** Every document of a text; a key that stands twice is refused. */
  static List<Object> parse(String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Object> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(options)).loadAll(text).forEach(documents::add);
    return documents;
  }

  private static List<Object> operations(Path file) throws IOException {
    @SuppressWarnings("unchecked") // A patch is a list, or this test fails.
    var operations = (List<Object>) parse(Files.readString(file)).getFirst();
    return operations;
  }

  /** RFC 6902, as far as it is used. */
  private static void apply(Map<String, Object> operation, Map<String, Object> document) {
    var path = List.of(((String) operation.get("path")).substring(1).split("/"));
    Object at = document;
    for (String step : path.subList(0, path.size() - 1)) {
      at = at instanceof List<?> list ? list.get(Integer.parseInt(step)) : map(at).get(step);
      expect(at != null, "%s: there is no %s", operation, step);
    }
    String last = path.getLast();
    Object value = operation.get("value");
    switch ((String) operation.get("op")) {
      case "test" -> expect(map(at).get(last).equals(value), "%s: %s", operation, at);
      case "replace" -> {
        expect(map(at).containsKey(last), "%s: %s", operation, at);
        map(at).put(last, value);
      }
      case "add" -> {
        expect(last.equals("-"), "%s: only the end of a list is added to", operation);
        @SuppressWarnings("unchecked") // Or this test fails.
        var list = (List<Object>) at;
        list.add(value);
      }
      default -> throw new AssertionError("unknown: " + operation);
    }
  }

  private static void rename(Map<String, Object> image, Object at) {
    if (at instanceof List<?> list) {
      list.forEach(each -> rename(image, each));
    } else if (at instanceof Map<?, ?>) {
      var fields = map(at);
      if (fields.get("image") instanceof String used && used.startsWith(image.get("name") + ":")) {
        fields.put("image", image.get("newName") + ":" + image.get("newTag"));
      }
      fields.values().forEach(each -> rename(image, each));
    }
  }

  private static List<?> list(Map<String, Object> told, String key) {
    return (List<?>) told.getOrDefault(key, List.of());
  }

  @SuppressWarnings("unchecked") // What is no such map fails where it is read.
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static void expect(boolean so, String message, Object... arguments) {
    if (!so) {
      throw new AssertionError(message.formatted(arguments));
    }
  }
}
