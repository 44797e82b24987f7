package io.nanoswarm.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a test class or method: gives tests that ask for it a {@link SwarmTestKit} or a {@link
 * ScriptedSwarm} of their own as a parameter, closes it afterwards, and tells the seed with a
 * failure.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SwarmExtension.class)
public @interface SwarmTest {
  /** Always this seed; a new one for every test if it is negative. */
  long seed() default -1;
}
