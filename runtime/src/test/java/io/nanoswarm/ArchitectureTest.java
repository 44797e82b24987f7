package io.nanoswarm;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What modules and packages may know of each other, and what no class may do. */
@AnalyzeClasses(packages = "io.nanoswarm", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] CLUSTER_CONFIG = packages("cluster", "serialization");

  private static final String[] PERSISTENCE =
      packages(
          "artifact",
          "blackboard",
          "channel",
          "directory",
          "entity",
          "history",
          "journal",
          "memory",
          "session",
          "trace");

  private static final String[] ACTORS =
      packages(
          "agent",
          "bus",
          "follow",
          "mirror",
          "model",
          "orchestrator",
          "placement",
          "planner",
          "queue",
          "skill",
          "supervisor",
          "workspace");

  private static final String[] OFFLINE = packages("offline", "embeddings");

  private static final String[] SKILLS = packages("skills");

  private static final String[] EXERCISE = packages("exercise");

  /** The terminal's side of the runtime: it reaches a node through its endpoint alone. */
  private static final String[] TERMINAL_SIDE =
      packages(
          "api",
          "certificates",
          "chaos",
          "cli",
          "client",
          "definition",
          "program",
          "report",
          "terminal",
          "top");

  private static final String[] NODE_SIDE =
      packages("feed", "http", "launch", "metrics", "node", "store", "tracing");

  /** Main classes, which put the two sides together. */
  private static final String[] MAIN = {"io.nanoswarm", "io.nanoswarm.training.."};

  /** Measures a node from within; known to its command alone. */
  private static final String[] LOAD = packages("load");

  /** What reports are drawn with. */
  private static final String[] DRAWING = packages("drawing");

  private static final String[] TESTKIT = packages("testkit");

  private static final String[] SAMPLES = packages("samples");

  @ArchTest
  static final ArchRule every_package_belongs_to_a_module =
      classes()
          .should()
          .resideInAnyPackage(
              all(
                  CLUSTER_CONFIG,
                  PERSISTENCE,
                  ACTORS,
                  OFFLINE,
                  SKILLS,
                  EXERCISE,
                  TERMINAL_SIDE,
                  NODE_SIDE,
                  MAIN,
                  LOAD,
                  DRAWING,
                  TESTKIT));

  @ArchTest
  static final ArchRule the_test_kit_is_known_to_tests_alone =
      noClasses()
          .that()
          .resideOutsideOfPackages(TESTKIT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TESTKIT);

  @ArchTest
  static final ArchRule the_test_kit_knows_nothing_of_processes =
      noClasses()
          .that()
          .resideInAnyPackage(TESTKIT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(all(OFFLINE, SKILLS, TERMINAL_SIDE, NODE_SIDE, MAIN, SAMPLES));

  @ArchTest
  static final ArchRule what_a_node_is_knows_no_other_module =
      noClasses()
          .that()
          .resideInAnyPackage(CLUSTER_CONFIG)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              all(PERSISTENCE, ACTORS, OFFLINE, SKILLS, TERMINAL_SIDE, NODE_SIDE, MAIN, SAMPLES));

  @ArchTest
  static final ArchRule what_survives_does_not_know_what_acts =
      noClasses()
          .that()
          .resideInAnyPackage(PERSISTENCE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              all(ACTORS, OFFLINE, SKILLS, TERMINAL_SIDE, NODE_SIDE, MAIN, SAMPLES));

  @ArchTest
  static final ArchRule what_acts_does_not_know_what_runs =
      noClasses()
          .that()
          .resideInAnyPackage(all(ACTORS, OFFLINE, SKILLS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(all(TERMINAL_SIDE, NODE_SIDE, MAIN, SAMPLES));

  @ArchTest
  static final ArchRule what_acts_does_not_know_the_built_in_agents_and_skills =
      noClasses()
          .that()
          .resideInAnyPackage(ACTORS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(all(OFFLINE, SKILLS));

  @ArchTest
  static final ArchRule skills_know_of_agents_what_an_agent_knows =
      noClasses()
          .that()
          .resideInAnyPackage(SKILLS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              all(OFFLINE, packages("queue", "supervisor", "orchestrator", "mirror", "cluster")));

  @ArchTest
  static final ArchRule agents_act_through_the_agent_api_alone =
      noClasses()
          .that()
          .resideInAnyPackage(all(OFFLINE, EXERCISE))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages("queue", "supervisor", "orchestrator", "mirror", "cluster"));

  @ArchTest
  static final ArchRule the_terminal_reaches_a_node_through_its_endpoint_alone =
      noClasses()
          .that()
          .resideInAnyPackage(TERMINAL_SIDE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              all(NODE_SIDE, ACTORS, OFFLINE, MAIN, new String[] {"org.apache.pekko.."}));

  @ArchTest
  static final ArchRule the_load_test_is_known_to_its_command_alone =
      noClasses()
          .that()
          .resideOutsideOfPackages(all(LOAD, packages("cli")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LOAD);

  @ArchTest
  static final ArchRule a_report_of_a_load_test_knows_no_node =
      noClasses()
          .that()
          .resideInAnyPackage(packages("load.report"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              all(
                  new String[] {"io.nanoswarm.load"},
                  TERMINAL_SIDE,
                  NODE_SIDE,
                  ACTORS,
                  PERSISTENCE,
                  new String[] {"org.apache.pekko.."}));

  @ArchTest
  static final ArchRule a_launcher_of_workers_does_not_know_the_terminal =
      noClasses()
          .that()
          .resideInAnyPackage(packages("launch"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TERMINAL_SIDE);

  /** It is found by what it provides, or the program could not be built without it. */
  @ArchTest
  static final ArchRule nothing_needs_the_embedding_model =
      noClasses()
          .that()
          .resideOutsideOfPackages(packages("embeddings"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages("embeddings"));

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching("io.nanoswarm.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_of_the_built_in_agents_are_free_of_cycles =
      slices().matching("io.nanoswarm.offline.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_of_skills_are_free_of_cycles =
      slices().matching("io.nanoswarm.skills.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule internal_packages_are_used_by_their_parent_alone =
      classes().that().resideInAPackage("..internal").should(new BeUsedByItsParentAlone());

  @ArchTest
  static final ArchRule classes_are_named_for_what_they_are =
      noClasses()
          .should()
          .haveNameMatching(
              ".*[.$](Abstract\\w*|Base\\w*|\\w*(Manager|Helper|Utils?|Impl|Processor|Service))");

  /**
   * But for those that put a node's configuration together before there is an actor system: {@code
   * ControlNode}, which takes the mirror's sub-tree out of it, and {@code WorkerConfig}, which
   * copies what workers must share and interprets none of it.
   */
  @ArchTest
  static final ArchRule settings_alone_read_configuration =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Settings")
          .and()
          .doNotHaveFullyQualifiedName("io.nanoswarm.node.ControlNode")
          .and()
          .doNotHaveFullyQualifiedName("io.nanoswarm.launch.WorkerConfig")
          .should()
          .callMethodWhere(
              describe(
                  "reads a value of a Config",
                  call ->
                      call.getTargetOwner().isAssignableTo(Config.class)
                          && call.getName().matches("(get|has|is).*")));

  @ArchTest
  static final ArchRule time_is_told_by_an_injected_clock =
      noClasses()
          .should()
          .callMethodWhere(
              describe(
                  "asks the system for the time",
                  call ->
                      (call.getTargetOwner().getPackageName().equals("java.time")
                              && call.getName().equals("now"))
                          || (call.getTargetOwner().isEquivalentTo(System.class)
                              && call.getName().matches("currentTimeMillis|nanoTime"))));

  /**
   * In main classes, by the guardian of a worker, and by the agent of load tests, whose worker has
   * none for it; everything else is given one.
   */
  @ArchTest
  static final ArchRule clocks_are_made_where_a_jvm_begins =
      noClasses()
          .that()
          .resideOutsideOfPackages(MAIN)
          .and()
          .doNotHaveFullyQualifiedName("io.nanoswarm.launch.WorkerMain")
          .and()
          .doNotHaveFullyQualifiedName("io.nanoswarm.supervisor.Worker")
          .and()
          .doNotHaveFullyQualifiedName("io.nanoswarm.load.LoadAgent")
          .should()
          .callMethodWhere(
              describe(
                  "makes a system clock",
                  call ->
                      call.getTargetOwner().getName().matches("java\\.time\\.(Clock|InstantSource)")
                          && call.getName().startsWith("system")));

  @ArchTest
  static final ArchRule nothing_sleeps =
      noClasses().should().callMethodWhere(sleeps(Thread.class)).as("no class sleeps");

  /** A command waits on its own thread, which Ctrl-C interrupts, before it asks a node again. */
  @ArchTest
  static final ArchRule nothing_but_a_waiting_command_pauses =
      noClasses()
          .that()
          .resideOutsideOfPackages(packages("client"))
          .should()
          .callMethodWhere(sleeps(TimeUnit.class));

  /** The test kit hands on the messages of others, whatever they are. */
  @ArchTest
  static final ArchRule messages_carry_types_of_their_own =
      classes()
          .that(areMessages())
          .and()
          .resideOutsideOfPackages(TESTKIT)
          .should(new CarryNothingUntyped());

  /** A class that a sender may name is a class that a sender may make. */
  @ArchTest
  static final ArchRule types_are_told_apart_by_names_of_ours_and_never_by_their_class =
      noClasses()
          .should()
          .beAnnotatedWith(
              describe(
                  "@JsonTypeInfo of a class name",
                  annotation ->
                      annotation.getRawType().isEquivalentTo(JsonTypeInfo.class)
                          && annotation
                              .get("use")
                              .map(use -> !use.toString().endsWith(".NAME"))
                              .orElse(true)));

  private static DescribedPredicate<JavaMethodCall> sleeps(Class<?> owner) {
    return describe(
        "sleeps",
        call -> call.getTargetOwner().isEquivalentTo(owner) && call.getName().equals("sleep"));
  }

  /** Records of a protocol that another actor can send: a private one never leaves its actor. */
  private static DescribedPredicate<JavaClass> areMessages() {
    return describe(
        "are messages of a protocol",
        type ->
            type.isRecord()
                && !type.getModifiers().contains(JavaModifier.PRIVATE)
                && type.getAllRawInterfaces().stream()
                    .anyMatch(each -> each.getSimpleName().equals("Command")));
  }

  private static final class CarryNothingUntyped extends ArchCondition<JavaClass> {
    CarryNothingUntyped() {
      super("carry neither Object nor Throwable");
    }

    @Override
    public void check(JavaClass message, ConditionEvents events) {
      message
          .getFields()
          .forEach(field -> {
            JavaType type = field.getType();
            boolean untyped =
                type.getAllInvolvedRawTypes().stream()
                    .anyMatch(raw ->
                        raw.isEquivalentTo(Object.class) || raw.isAssignableTo(Throwable.class));
            if (untyped) {
              events.add(SimpleConditionEvent.violated(field, field.getDescription()));
            }
          });
    }
  }

  private static final class BeUsedByItsParentAlone extends ArchCondition<JavaClass> {
    BeUsedByItsParentAlone() {
      super("be used by its parent package alone");
    }

    @Override
    public void check(JavaClass hidden, ConditionEvents events) {
      String parent = hidden.getPackageName().replaceFirst("\\.internal$", "");
      hidden.getDirectDependenciesToSelf().stream()
          .filter(use -> !use.getOriginClass().getPackageName().equals(parent))
          .filter(use -> !use.getOriginClass().getPackage().equals(hidden.getPackage()))
          .forEach(use -> events.add(SimpleConditionEvent.violated(use, use.getDescription())));
    }
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(name -> "io.nanoswarm." + name + "..").toArray(String[]::new);
  }

  private static String[] all(String[]... groups) {
    return Stream.of(groups).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
