package io.nanoswarm.agent;

import java.util.List;

/**
 * An agent's class, and where it is found.
 *
 * @param implementation the agent's class, which implements {@link Agent} and has a public
 *     constructor without parameters
 * @param classPath absolute paths of jars and folders that hold the class and what it depends on;
 *     empty for the worker's own class path
 * @param version tells one state of these files from another; empty for the worker's own class path
 */
public record AgentCode(String implementation, List<String> classPath, String version) {
  public AgentCode {
    classPath = List.copyOf(classPath);
  }

  /** A class of the worker's own class path. */
  public static AgentCode ofClassPath(String implementation) {
    return new AgentCode(implementation, List.of(), "");
  }
}
