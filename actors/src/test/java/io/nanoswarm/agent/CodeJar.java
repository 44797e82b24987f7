package io.nanoswarm.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Sources that are compiled into a jar while a test runs, as a developer's build would. */
public final class CodeJar {
  private static final Pattern NAME =
      Pattern.compile("package ([\\w.]+);.*?(?:class|interface|record) (\\w+)", Pattern.DOTALL);

  private CodeJar() {}

  /**
   * @param wanted which classes the jar holds, by the names of their files
   */
  public static Path make(Path jar, Predicate<String> wanted, String... sources)
      throws IOException {
    Path folder = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "sources");
    var options = new ArrayList<>(List.of("-d", folder.resolve("classes").toString(), "-cp"));
    options.add(System.getProperty("java.class.path"));
    for (String source : sources) {
      options.add(write(folder, source).toString());
    }
    var out = new StringWriter();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, asStream(out), options.toArray(String[]::new));
    if (code != 0) {
      throw new AssertionError("the test's sources do not compile:\n" + out);
    }
    pack(folder.resolve("classes"), jar, wanted);
    return jar;
  }

  private static Path write(Path folder, String source) throws IOException {
    var name = NAME.matcher(source);
    if (!name.find()) {
      throw new AssertionError("no package and class in:\n" + source);
    }
    Path file = folder.resolve(name.group(1).replace('.', '/')).resolve(name.group(2) + ".java");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, source);
  }

  private static OutputStream asStream(StringWriter out) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        out.write(b);
      }
    };
  }

  private static void pack(Path classes, Path jar, Predicate<String> wanted) throws IOException {
    try (var zip = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(file -> {
            String name = classes.relativize(file).toString();
            if (wanted.test(name)) {
              add(zip, name, file);
            }
          });
    }
  }

  private static void add(JarOutputStream zip, String name, Path file) {
    try {
      zip.putNextEntry(new ZipEntry(name));
      Files.copy(file, zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
