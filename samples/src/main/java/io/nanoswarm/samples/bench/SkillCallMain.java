package io.nanoswarm.samples.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.SkillRegistry;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skill.Skills;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.skills.WorkerSkills;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what the call of a skill costs that does next to nothing, through the registry of an
 * agent: as a Java class, in a Python process that is warm, and as a command; and, to compare with,
 * the same method called directly, and a thread that does nothing. Every call waits for its result
 * before the next one is made.
 */
@Command(name = "SkillCallMain", mixinStandardHelpOptions = true)
public final class SkillCallMain implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TEXT = "hello";

  @Option(names = "--repeats", description = "How often all is measured, after the warm-up.")
  private int repeats = 5;

  @Option(names = "--direct", description = "Direct calls of one measurement.")
  private int direct = 10_000_000;

  @Option(
      names = "--java",
      description = "Calls of the Java skill, and threads, of one measurement.")
  private int java = 5_000;

  @Option(names = "--python", description = "Calls of the Python tool of one measurement.")
  private int python = 2_000;

  @Option(names = "--exec", description = "Commands of one measurement.")
  private int exec = 30;

  /** Echoes, as the Python tool and the command do. */
  public static final class Echo {
    public Object execute(Map<String, Object> arguments) {
      return Objects.requireNonNull(arguments.get("text"));
    }
  }

  /** So many calls, each of which is over when it returns. */
  @FunctionalInterface
  private interface Calls {
    void make(int count) throws Exception;
  }

  /**
   * One way of calling.
   *
   * @param count calls of one measurement
   */
  private record Way(String name, int count, Calls calls) {
    double micros() throws Exception {
      long begun = System.nanoTime();
      calls.make(count);
      return (System.nanoTime() - begun) / 1e3 / count;
    }
  }

  /** What direct calls return ends here, so that no compiler leaves them out. */
  private static volatile int seen;

  private SkillCallMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new SkillCallMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("nanoswarm-skill-calls");
    try (var skills = new SkillRegistry(load(folder))) {
      measure(ways(skills.during(unhurried(), folder, new CompletableFuture<>())));
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void measure(List<Way> ways) throws Exception {
    for (Way way : ways) {
      // Twice: the first time compiles, the second one uses what was compiled.
      var _ = way.micros();
      var _ = way.micros();
    }
    var measured = new ArrayList<List<Double>>();
    ways.forEach(_ -> measured.add(new ArrayList<>()));
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (int i = 0; i < ways.size(); i++) {
        measured.get(i).add(ways.get(i).micros());
      }
    }
    System.out.println("| call | calls | each, µs | direct calls |");
    System.out.println("|---|---|---|---|");
    double unit = new Spread(measured.getFirst()).median();
    for (int i = 0; i < ways.size(); i++) {
      var spread = new Spread(measured.get(i));
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %s | %s |%n",
          ways.get(i).name(),
          ways.get(i).count(),
          micros(spread),
          i == 0 ? "1" : String.format(Locale.ROOT, "%,.0f", spread.median() / unit));
    }
  }

  /** With as many digits as small figures need. */
  private static String micros(Spread spread) {
    String form = spread.median() < 1 ? "%.4f (%.4f–%.4f)" : "%,.1f (%,.1f–%,.1f)";
    return String.format(
        Locale.ROOT, form, spread.median(), spread.values().getFirst(), spread.values().getLast());
  }

  /** An attempt that takes its time. Nothing else is asked of it by the skills that are called. */
  private static SwarmContext unhurried() {
    return (SwarmContext)
        Proxy.newProxyInstance(
            SkillCallMain.class.getClassLoader(),
            new Class<?>[] {SwarmContext.class},
            (_, method, _) -> {
              if (method.getName().equals("timeLeft")) {
                return LIMIT;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private List<Way> ways(Skills skills) {
    ObjectNode text = JsonNodeFactory.instance.objectNode().put("text", TEXT);
    ObjectNode command = JsonNodeFactory.instance.objectNode().put("command", "echo " + TEXT);
    return List.of(
        new Way("the method itself", direct, SkillCallMain::direct),
        new Way("a thread, started and waited for", java, SkillCallMain::threads),
        new Way("a Java skill, in the JVM", java, calls(skills, "java", text)),
        new Way("a Python tool, its process warm", python, calls(skills, "echo", text)),
        new Way("`exec`, a command of bash", exec, calls(skills, "exec", command)));
  }

  private static void direct(int count) {
    var echo = new Echo();
    int length = 0;
    for (int i = 0; i < count; i++) {
      length += ((String) echo.execute(Map.of("text", TEXT))).length();
    }
    seen = length;
  }

  /** What a Java skill has to itself, without the skill. */
  private static void threads(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      var thread = Thread.ofPlatform().daemon().start(() -> seen = count);
      thread.join();
    }
  }

  private static Calls calls(Skills skills, String skill, ObjectNode arguments) {
    var name = new SkillName(skill);
    return count -> {
      for (int i = 0; i < count; i++) {
        var result = skills.call(name, arguments).toCompletableFuture().get();
        if (!(result instanceof SkillResult.Succeeded done) || !done.text().startsWith(TEXT)) {
          throw new IllegalStateException(
              "%s answered %s (expected: %s)".formatted(skill, result, TEXT));
        }
      }
    };
  }

  private static List<Skill> load(Path folder) throws IOException, NoSuchSkill {
    Path echo = Files.createDirectory(folder.resolve("echo"));
    var _ =
        Files.writeString(
            echo.resolve("skill.yaml"),
            """
            description: Echoes.
            parameters: {type: object, properties: {text: {type: string}}, required: [text]}
            runtime: {python: ">=3.8"}
            tool: echo.Echo
            """);
    var _ =
        Files.writeString(
            echo.resolve("echo.py"),
            """
            class Echo:
                name = "echo"
                description = "Echoes."
                parameters = {"type": "object", "properties": {"text": {"type": "string"}}}

                async def execute(self, text):
                    return text
            """);
    var loader =
        new WorkerSkills(
            SkillsSettings.of(ConfigFactory.load()), _ -> List.of(), folder.resolve("cache"));
    var skills = new ArrayList<Skill>();
    for (SkillSpec spec :
        List.of(
            new SkillSpec.OfClass(new SkillName("java"), Echo.class.getName()),
            new SkillSpec.OfFolder(new SkillName("echo"), echo.toString()),
            new SkillSpec.BuiltIn(new SkillName("exec")))) {
      skills.add(loader.load(spec, SkillCallMain.class.getClassLoader()));
    }
    return skills;
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
