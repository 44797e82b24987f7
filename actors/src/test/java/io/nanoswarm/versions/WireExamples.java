package io.nanoswarm.versions;

import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.Session;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** Makes an example of every message that nodes send each other, and of what is in them. */
final class WireExamples {
  /** Tried in turn for what is made of a text or a number, until it is one. */
  private static final List<String> TEXTS =
      List.of(
          "text",
          "researcher-1",
          "S1/read",
          "bin:gh",
          "10.0.0.1:25520",
          "findings/a.md",
          "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  private static final List<Long> NUMBERS = List.of(1L, 2L, 16L, 64L, 1024L);
  private static final Instant WHEN = Instant.parse("2030-01-01T00:00:00Z");

  private final ActorSystem<?> system;

  WireExamples(ActorSystem<?> system) {
    this.system = system;
  }

  /**
   * By class, in the order of their names: messages, and the records of which sealed types in them
   * can be one. Messages that an actor tells itself are not in it.
   */
  Map<String, Object> all() throws IOException, URISyntaxException, ClassNotFoundException {
    Map<String, Object> examples = new TreeMap<>();
    Deque<Class<?>> left = new ArrayDeque<>();
    for (Class<?> owner : List.of(Session.class, TaskQueue.class)) {
      for (Class<?> type : classes(owner)) {
        if (isMessage(type)) {
          left.add(type);
        }
      }
    }
    Set<Class<?>> seen = new HashSet<>(left);
    while (!left.isEmpty()) {
      Class<?> type = left.removeFirst();
      if (type.isSealed()) {
        add(Arrays.asList(type.getPermittedSubclasses()), seen, left);
      } else if (type.isRecord()) {
        examples.put(type.getName(), make(type));
        for (RecordComponent component : type.getRecordComponents()) {
          add(named(component.getGenericType()), seen, left);
        }
      }
    }
    return examples;
  }

  private static void add(Collection<Class<?>> found, Set<Class<?>> seen, Deque<Class<?>> left) {
    for (Class<?> type : found) {
      if (type.getName().startsWith("io.nanoswarm.") && !isLocal(type) && seen.add(type)) {
        left.add(type);
      }
    }
  }

  private static boolean isMessage(Class<?> type) {
    return type.isRecord() && CborSerializable.class.isAssignableFrom(type) && !isLocal(type);
  }

  /** What others cannot send. */
  private static boolean isLocal(Class<?> type) {
    return Modifier.isPrivate(type.getModifiers())
        || Arrays.stream(type.getInterfaces())
            .anyMatch(each -> each.getSimpleName().equals("Internal"));
  }

  /** In what a type is written with: itself and its arguments, but for whom an actor is told by. */
  private static List<Class<?>> named(Type type) {
    return switch (type) {
      case Class<?> simple -> List.of(simple.isArray() ? simple.getComponentType() : simple);
      case ParameterizedType generic when generic.getRawType() == ActorRef.class -> List.of();
      case ParameterizedType generic -> {
        List<Class<?>> all = new ArrayList<>();
        all.add((Class<?>) generic.getRawType());
        for (Type argument : generic.getActualTypeArguments()) {
          all.addAll(named(argument));
        }
        yield all;
      }
      case WildcardType wildcard -> named(wildcard.getUpperBounds()[0]);
      default -> List.of();
    };
  }

  private static List<Class<?>> classes(Class<?> owner)
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path place = Path.of(owner.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      return classes(place);
    }
    try (var jar = FileSystems.newFileSystem(place)) {
      return classes(jar.getPath("/"));
    }
  }

  private static List<Class<?>> classes(Path root) throws IOException, ClassNotFoundException {
    List<Class<?>> classes = new ArrayList<>();
    try (var files = Files.walk(root.resolve("io").resolve("nanoswarm"))) {
      for (Path file : files.sorted().toList()) {
        String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
        if (name.endsWith(".class") && !name.endsWith("-info.class")) {
          classes.add(
              Class.forName(
                  name.substring(0, name.length() - ".class".length()),
                  false,
                  WireExamples.class.getClassLoader()));
        }
      }
    }
    return classes;
  }

  private Object make(Class<?> record) {
    var components = record.getRecordComponents();
    IllegalArgumentException last = null;
    for (String text : TEXTS) {
      for (long number : NUMBERS) {
        var arguments = new Object[components.length];
        var types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
          types[i] = components[i].getType();
          arguments[i] = value(components[i].getGenericType(), text, number);
        }
        try {
          var constructor = record.getDeclaredConstructor(types);
          constructor.setAccessible(true);
          return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
          last = new IllegalArgumentException(record + " of " + Arrays.toString(arguments), e);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw last == null ? new IllegalArgumentException(record.toString()) : last;
  }

  private Object value(Type type, String text, long number) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      if (raw == ActorRef.class) {
        return system.deadLetters();
      }
      var arguments = generic.getActualTypeArguments();
      Object first = value(bound(arguments[0]), text, number);
      if (Map.class.isAssignableFrom(raw)) {
        var map = new LinkedHashMap<Object, Object>();
        map.put(first, value(bound(arguments[1]), text, number));
        return map;
      }
      return Set.class.isAssignableFrom(raw) ? Set.of(first) : List.of(first);
    }
    Class<?> simple = (Class<?>) type;
    if (simple == String.class) {
      return text;
    } else if (simple == int.class || simple == Integer.class) {
      return (int) number;
    } else if (simple == long.class || simple == Long.class) {
      return number;
    } else if (simple == double.class || simple == Double.class) {
      return 0.5;
    } else if (simple == boolean.class || simple == Boolean.class) {
      return true;
    } else if (simple == Instant.class) {
      return WHEN;
    } else if (simple == Duration.class) {
      return Duration.ofSeconds(number);
    } else if (simple == byte[].class) {
      return new byte[] {1, 2, 3};
    } else if (simple == Address.class) {
      return system.address();
    } else if (simple.isEnum()) {
      return simple.getEnumConstants()[0];
    } else if (simple.isSealed()) {
      return value(simple.getPermittedSubclasses()[0], text, number);
    } else if (simple.isRecord()) {
      return make(simple);
    }
    throw new IllegalArgumentException("no example of " + simple);
  }

  private static Type bound(Type argument) {
    return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
  }
}
