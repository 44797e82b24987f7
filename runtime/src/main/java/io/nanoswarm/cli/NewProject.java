package io.nanoswarm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a project for one agent. */
final class NewProject {
  private final String name;
  private final String packageName;
  private final Sdk sdk;

  /**
   * @param name of project, artifact and role
   */
  NewProject(String name, String packageName, Sdk sdk) {
    this.name = name;
    this.packageName = packageName;
    this.sdk = sdk;
  }

  /**
   * @param root a folder that does not exist yet
   */
  void write(Path root) throws IOException {
    String version = sdk.install(root.resolve("sdk"));
    var values = new LinkedHashMap<String, String>();
    values.put("name", name);
    values.put("package", packageName);
    values.put("class", className());
    values.put("version", version);
    String folder = packageName.replace('.', '/');
    var files = new LinkedHashMap<String, String>();
    files.put("pom.xml", "pom.xml");
    files.put("Agent.java.txt", "src/main/java/%s/%s.java".formatted(folder, className()));
    files.put("AgentTest.java.txt", "src/test/java/%s/%sTest.java".formatted(folder, className()));
    files.put("project.yaml", "swarm.yaml");
    files.put("README.md", "README.md");
    files.put("gitignore", ".gitignore");
    files.put("maven.config", ".mvn/maven.config");
    for (Map.Entry<String, String> each : files.entrySet()) {
      write(root.resolve(each.getValue()), Templates.text(each.getKey(), values));
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }

  private String className() {
    return Arrays.stream(name.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}
