package io.nanoswarm.skills.interpreter;

import java.util.List;
import java.util.regex.Pattern;

/** A language whose interpreters can be found, and how one of them is asked what it is. */
public enum Language {
  PYTHON(
      "Python",
      "python(\\d+(\\.\\d+)?)?",
      "-c",
      "import sys; print('%d.%d.%d' % tuple(sys.version_info[:3]) + ' ' + sys.executable)"),
  NODE(
      "Node", "node(js)?", "-p", "process.version.slice(1).split('-')[0] + ' ' + process.execPath");

  final String title;

  /** Of executables that may be one. */
  final Pattern name;

  private final String option;
  private final String question;

  Language(String title, String name, String option, String question) {
    this.title = title;
    this.name = Pattern.compile(name);
    this.option = option;
    this.question = question;
  }

  /** As needs of nodes name it. */
  public String runtime() {
    return switch (this) {
      case PYTHON -> "python";
      case NODE -> "node";
    };
  }

  /** What makes one answer its version and its path, with a space between them. */
  List<String> question(String executable) {
    return List.of(executable, option, question);
  }
}
