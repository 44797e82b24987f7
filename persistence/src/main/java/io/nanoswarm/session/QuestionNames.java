package io.nanoswarm.session;

/**
 * How what belongs to one question of a session is told from what belongs to its other questions:
 * tasks of the first have the names that they were planned with, those of the second are named
 * {@code q2.<name>}, and so on. Pure.
 */
public final class QuestionNames {
  private QuestionNames() {}

  /** With what the names of a question's tasks begin; empty for the first question. */
  public static String prefix(int question) {
    return question == 1 ? "" : "q" + question + ".";
  }

  /**
   * Whether a task belongs to a question.
   *
   * @param question the latest of the task's session: if that is its first, all its tasks do
   */
  public static boolean isOf(int question, TaskId task) {
    return task.name().startsWith(prefix(question));
  }

  /**
   * The number of the question to which a task belongs.
   *
   * @param latest the latest question of the task's session
   */
  public static int of(int latest, TaskId task) {
    for (int question = latest; question > 1; question--) {
      if (isOf(question, task)) {
        return question;
      }
    }
    return 1;
  }

  /** The name with which a task of a question was planned. */
  public static String planned(int question, TaskId task) {
    return isOf(question, task) ? task.name().substring(prefix(question).length()) : task.name();
  }

  /** An entry's name apart from those of earlier questions: {@code answer-2} for the second. */
  public static String numbered(int question, String name) {
    return question == 1 ? name : name + "-" + question;
  }
}
