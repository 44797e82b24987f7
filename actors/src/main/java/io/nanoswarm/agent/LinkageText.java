package io.nanoswarm.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says to a developer why code does not fit together, and what to do about it. */
public final class LinkageText {
  private static final Pattern CLASS_FILE = Pattern.compile("class file version (\\d+)");
  private static final int JAVA_1_0 = 44;

  private LinkageText() {}

  /** One sentence, without a period. */
  public static String of(LinkageError error) {
    String message = String.valueOf(error.getMessage());
    return switch (error) {
      case UnsupportedClassVersionError _ -> newer(message);
      case ExceptionInInitializerError e ->
          "a static initializer failed: " + (e.getCause() == null ? message : e.getCause());
      case NoClassDefFoundError _ when message.startsWith("Could not initialize class") ->
          message + ", since its static initializer failed before";
      case NoClassDefFoundError _ ->
          "class %s is missing: it is neither in the agent's code nor in the SDK; add the jar that holds it to `code`"
              .formatted(message.replace('/', '.'));
      case NoSuchMethodError _, NoSuchFieldError _, AbstractMethodError _ ->
          "the code was compiled against another version of what it calls: " + message;
      default -> error.toString();
    };
  }

  private static String newer(String message) {
    String name = message.replaceFirst(" .*", "").replace('/', '.');
    Matcher version = CLASS_FILE.matcher(message);
    int java = version.find() ? Integer.parseInt(version.group(1)) - JAVA_1_0 : 0;
    int here = Runtime.version().feature();
    return "%s was compiled for Java %s, agents run on Java %d: compile it with --release %d"
        .formatted(name, java == 0 ? "newer than " + here : java, here, here);
  }
}
