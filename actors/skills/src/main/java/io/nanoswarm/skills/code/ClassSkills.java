package io.nanoswarm.skills.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skill.TypedSkill;
import io.nanoswarm.skills.needs.NodeNeeds;
import io.nanoswarm.skills.schema.RecordSchema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes skills of classes: those that know of us, and those that do not. */
public final class ClassSkills {
  private static final String METHOD = "execute";
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Duration timeLimit;
  private final NodeNeeds node;

  /**
   * @param timeLimit the longest that a call of blocking code may take
   * @param node looks whether what a skill needs is here
   */
  public ClassSkills(Duration timeLimit, NodeNeeds node) {
    this.timeLimit = timeLimit;
    this.node = node;
  }

  /**
   * Blocks where the skill needs something.
   *
   * @param code finds the class, and what it depends on
   * @throws NoSuchSkill if the class is not there, or can be none
   */
  public Skill load(SkillSpec.OfClass spec, ClassLoader code) throws NoSuchSkill {
    Object made = instance(spec, code);
    var setting = new BlockingSkill.Setting(code, timeLimit, JSON);
    Skill skill =
        switch (made) {
          case Skill itself -> itself;
          case TypedSkill<?> typed -> typed(spec.name(), typed, setting);
          default -> legacy(spec, made, setting);
        };
    List<Need> needs = needs(spec, skill, made.getClass());
    return needs.isEmpty() ? skill : new NeedingSkill(skill, needs, node.lacking(needs));
  }

  private static List<Need> needs(SkillSpec.OfClass spec, Skill skill, Class<?> type)
      throws NoSuchSkill {
    try {
      return Stream.concat(DeclaredNeeds.of(type).stream(), skill.card().needs().stream())
          .distinct()
          .toList();
    } catch (IllegalArgumentException e) {
      throw no(spec, "@Needs of %s: %s".formatted(type.getName(), e.getMessage()), e);
    }
  }

  private static Object instance(SkillSpec.OfClass spec, ClassLoader code) throws NoSuchSkill {
    String name = spec.implementation();
    try {
      var constructor = Class.forName(name, true, code).getDeclaredConstructor();
      constructor.trySetAccessible();
      return constructor.newInstance();
    } catch (ClassNotFoundException e) {
      throw no(spec, "class %s was not found where its agent's is".formatted(name), e);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw no(spec, "%s has no constructor without parameters".formatted(name), e);
    } catch (InvocationTargetException e) {
      throw no(spec, "the constructor of %s failed: %s".formatted(name, e.getCause()), e);
    } catch (LinkageError e) {
      throw no(spec, "%s cannot be loaded: %s".formatted(name, e), e);
    }
  }

  private static NoSuchSkill no(SkillSpec spec, String why, Throwable cause) {
    return new NoSuchSkill("skill %s: %s".formatted(spec.name(), why), cause);
  }

  private static <A extends Record> Skill typed(
      SkillName name, TypedSkill<A> skill, BlockingSkill.Setting setting) throws NoSuchSkill {
    JavaType[] types = JSON.constructType(skill.getClass()).findTypeParameters(TypedSkill.class);
    Class<?> arguments = types[0].getRawClass();
    if (!arguments.isRecord()) {
      throw new NoSuchSkill(
          "skill %s: %s does not say which record its arguments are (expected: implements TypedSkill<…>)"
              .formatted(name, skill.getClass().getName()));
    }
    @SuppressWarnings("unchecked") // as the class says of itself
    var type = (Class<A>) arguments;
    var card = new SkillCard(name, skill.description(), RecordSchema.of(type), List.of());
    return new BlockingSkill(card, given -> skill.execute(read(given, type)), setting);
  }

  /** What the constructor of the record says is for the caller, and nothing else of it. */
  private static <A> A read(JsonNode arguments, Class<A> type)
      throws BlockingSkill.InvalidArguments {
    try {
      return JSON.treeToValue(arguments, type);
    } catch (JsonProcessingException e) {
      String why =
          e.getCause() instanceof RuntimeException refused && refused.getMessage() != null
              ? refused.getMessage()
              : e.getOriginalMessage();
      throw new BlockingSkill.InvalidArguments(why, e);
    }
  }

  private static Skill legacy(SkillSpec.OfClass spec, Object made, BlockingSkill.Setting setting)
      throws NoSuchSkill {
    Class<?> type = made.getClass();
    Method execute;
    try {
      execute = type.getMethod(METHOD, Map.class);
    } catch (NoSuchMethodException e) {
      throw no(
          spec,
          "%s is no skill (expected: a Skill, a TypedSkill, or a public method Object execute(Map<String, Object>))"
              .formatted(type.getName()),
          e);
    }
    // Its class may be hidden in its package, or in a lambda.
    execute.trySetAccessible();
    var anything = JsonNodeFactory.instance.objectNode().put("type", "object");
    var card = new SkillCard(spec.name(), description(made), anything, List.of());
    return new BlockingSkill(card, arguments -> invoke(execute, made, arguments), setting);
  }

  private static Object invoke(Method execute, Object made, JsonNode arguments) throws Exception {
    try {
      return execute.invoke(made, JSON.convertValue(arguments, MAP));
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case Exception failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }

  /** What it says of itself, if it does; else where it comes from. */
  private static String description(Object made) {
    try {
      Method method = made.getClass().getMethod("description");
      method.trySetAccessible();
      if (method.invoke(made) instanceof String said && !said.isBlank()) {
        return said;
      }
    } catch (ReflectiveOperationException _) {
      // It need not say anything.
    }
    return "Runs %s.".formatted(made.getClass().getName());
  }
}
