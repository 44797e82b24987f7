package io.nanoswarm.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nanoswarm.artifact.ArtifactRef;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An agent's class, and where it is found: the same on every machine, since nothing here is a path
 * on one of them. {@link CodeFolders} finds the files.
 *
 * @param implementation the agent's class, which implements {@link Agent} and has a public
 *     constructor without parameters
 * @param parts the jars and folders that hold the class and what it depends on, in the order in
 *     which they are searched; none for the worker's own class path
 * @param version tells one state of these files from another, and names the folder that they are
 *     in; empty for the worker's own class path
 */
public record AgentCode(String implementation, List<Part> parts, String version) {
  private static final Pattern VERSION = Pattern.compile("[0-9a-z]*");
  private static final Pattern NUMBER = Pattern.compile("^\\d+-");

  /**
   * A jar or a folder.
   *
   * @param name in the folder of the version
   * @param folder whether it is one, and its copy a zip of it
   * @param copy in the artifact store, for machines that do not have the folder of the version;
   *     null if all have it
   */
  public record Part(
      String name,
      boolean folder,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ArtifactRef copy) {
    public Part {
      if (name.isBlank()
          || !Path.of(name).equals(Path.of(name).getFileName())
          || name.equals("..")) {
        throw new IllegalArgumentException(
            "code: '%s' (expected: the name of a jar or folder, without a path)".formatted(name));
      }
    }

    /** As its user calls it. */
    public String title() {
      return NUMBER.matcher(name).replaceFirst("");
    }
  }

  public AgentCode {
    parts = List.copyOf(parts);
    if (!VERSION.matcher(version).matches() || (version.isEmpty() && !parts.isEmpty())) {
      throw new IllegalArgumentException(
          "version of code: '%s' (expected: digits and small letters)".formatted(version));
    }
  }

  /** A class of the worker's own class path. */
  public static AgentCode ofClassPath(String implementation) {
    return new AgentCode(implementation, List.of(), "");
  }

  /** Its jars and folders, for people. */
  String titles() {
    return parts.stream().map(Part::title).collect(Collectors.joining(", "));
  }
}
