package io.nanoswarm.skill;

import io.nanoswarm.session.Need;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a node must have for a skill of this class, as {@code @Needs({"bin:gh", "env:GH_TOKEN"})};
 * each is a {@link Need}.
 *
 * <p>It is read from the class file before anything is loaded, so that tasks of an agent with this
 * skill go only where all of that is offered. What just the {@link SkillCard} of a skill names is
 * known when the skill is loaded: then no place is chosen any more, and its calls fail where it is
 * not met.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Needs {
  String[] value();
}
