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

  public static Agent instantiate(AgentSpec spec) throws NotAnAgent {
    String name = spec.code().implementation();
    try {
      Class<?> type = Class.forName(name, true, Thread.currentThread().getContextClassLoader());
      return type.asSubclass(Agent.class).getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new NotAnAgent("class %s was not found on the worker's class path".formatted(name), e);
    } catch (ClassCastException e) {
      throw new NotAnAgent("%s is no %s".formatted(name, Agent.class.getName()), e);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new NotAnAgent("%s has no public constructor without parameters".formatted(name), e);
    } catch (InvocationTargetException e) {
      throw new NotAnAgent("the constructor of %s failed: %s".formatted(name, e.getCause()), e);
    } catch (LinkageError e) {
      throw new NotAnAgent("%s cannot be loaded: %s".formatted(name, e), e);
    }
  }
}
