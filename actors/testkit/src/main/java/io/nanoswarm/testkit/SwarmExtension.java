package io.nanoswarm.testkit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link SwarmTest} does. */
public final class SwarmExtension
    implements ParameterResolver, AfterEachCallback, TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(SwarmExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == SwarmTestKit.class || type == ScriptedSwarm.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    if (parameter.getParameter().getType() == ScriptedSwarm.class) {
      return new ScriptedSwarm();
    }
    return test.getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            SwarmTestKit.class,
            _ -> {
              long seed = seed(test);
              return seed < 0 ? SwarmTestKit.create() : SwarmTestKit.create(seed);
            },
            SwarmTestKit.class);
  }

  private static long seed(ExtensionContext test) {
    return AnnotationSupport.findAnnotation(test.getElement(), SwarmTest.class)
        .or(() -> AnnotationSupport.findAnnotation(test.getTestClass(), SwarmTest.class))
        .map(SwarmTest::seed)
        .orElse(-1L);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext test, Throwable failure)
      throws Throwable {
    SwarmTestKit swarm = test.getStore(NAMESPACE).get(SwarmTestKit.class, SwarmTestKit.class);
    if (swarm != null) {
      failure.addSuppressed(
          new AssertionError(
              "the seed was %d: repeat it with -D%s=%d"
                  .formatted(swarm.seed(), SwarmTestKit.SEED, swarm.seed())));
    }
    throw failure;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    SwarmTestKit swarm = test.getStore(NAMESPACE).remove(SwarmTestKit.class, SwarmTestKit.class);
    if (swarm != null) {
      swarm.close();
    }
  }
}
