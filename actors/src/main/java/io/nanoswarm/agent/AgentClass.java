package io.nanoswarm.agent;

import java.lang.reflect.InvocationTargetException;

/** Makes agents from the class that a spec names. */
public final class AgentClass {
  private AgentClass() {}

  /** The class cannot be made an agent; the message says why. Trying again is pointless. */
  public static final class NotAnAgent extends Exception {
    private NotAnAgent(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @param loader finds the classes of this code
   */
  public static Agent instantiate(AgentCode code, ClassLoader loader) throws NotAnAgent {
    String name = code.implementation();
    try {
      Class<?> type = Class.forName(name, true, loader);
      Class<? extends Agent> agent = type.asSubclass(Agent.class);
      linkSignatures(agent);
      return agent.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new NotAnAgent("class %s was not found %s".formatted(name, where(code)), e);
    } catch (ClassCastException e) {
      throw new NotAnAgent("%s is no %s".formatted(name, Agent.class.getName()), e);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new NotAnAgent(
          "%s is no public class with a public constructor without parameters".formatted(name), e);
    } catch (InvocationTargetException e) {
      throw new NotAnAgent("the constructor of %s failed: %s".formatted(name, cause(e)), e);
    } catch (LinkageError e) {
      throw new NotAnAgent("%s cannot be loaded: %s".formatted(name, LinkageText.of(e)), e);
    }
  }

  /** Finds what is missing now rather than in the midst of a task, as far as signatures tell. */
  @SuppressWarnings("ReturnValueIgnored") // asked for, since asking loads what they name
  private static void linkSignatures(Class<?> type) {
    type.getDeclaredMethods();
    type.getDeclaredFields();
    type.getDeclaredConstructors();
  }

  private static String cause(InvocationTargetException e) {
    return e.getCause() instanceof LinkageError error
        ? LinkageText.of(error)
        : String.valueOf(e.getCause());
  }

  private static String where(AgentCode code) {
    return code.parts().isEmpty()
        ? "on the worker's class path"
        : "in its code (%s)".formatted(code.titles());
  }
}
