package io.nanoswarm.skills.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.LegacySkill;
import io.nanoswarm.skill.Needs;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skills.needs.NodeNeeds;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What classes of skills need of a node. */
@Timeout(60)
class DeclaredNeedsTest {
  private static final SkillName NAME = new SkillName("under-test");
  private static final Need GH = new Need("bin:gh>=2");
  private static final Need TOKEN = new Need("env:GH_TOKEN");

  @TempDir Path folder;

  /** No test loads it. */
  @Needs({"bin:gh>=2", "env:GH_TOKEN"})
  public static class Telltale {
    static {
      System.setProperty("nanoswarm.test.telltale", "loaded");
    }
  }

  /** A list of needs. */
  @Needs({"bin:gh>=2", "env:GH_TOKEN"})
  public static class Asking implements LegacySkill {
    @Override
    public Object execute(Map<String, Object> arguments) {
      return "asked";
    }
  }

  /** One need is no list. */
  @Needs("bin:gh>=2")
  public static class AskingOnce extends Asking {}

  /** What it needs beside what it declares, just its card says. */
  @Needs("bin:gh>=2")
  public static class WithCard implements Skill {
    @Override
    public SkillCard card() {
      var any = JsonNodeFactory.instance.objectNode().put("type", "object");
      return new SkillCard(NAME, "Asks.", any, List.of(TOKEN, GH));
    }

    @Override
    public CompletionStage<SkillResult> call(SkillCall call) {
      throw new AssertionError("called, though it lacks something");
    }
  }

  /** Says what can be no need. */
  @Needs("gh")
  public static class Misspelt extends Asking {}

  @Test
  void what_a_class_declares_is_read_from_its_file_and_nothing_is_loaded() throws Exception {
    assertThat(DeclaredNeeds.of(getClass().getName() + "$Telltale", List.of()))
        .containsExactly(GH, TOKEN);
    assertThat(DeclaredNeeds.of(AskingOnce.class.getName(), List.of())).containsExactly(GH);
    assertThat(System.getProperty("nanoswarm.test.telltale")).isNull();
  }

  @Test
  void a_class_is_looked_for_in_the_code_of_its_agent_first() throws Exception {
    Path jar = folder.resolve("asking.jar");
    String file = Asking.class.getName().replace('.', '/') + ".class";
    try (InputStream in = getClass().getClassLoader().getResourceAsStream(file);
        OutputStream out = Files.newOutputStream(jar);
        var zip = new ZipOutputStream(out)) {
      // Under a name that nobody else has: it is the file that is read.
      zip.putNextEntry(new ZipEntry("com/acme/Asking.class"));
      in.transferTo(zip);
    }

    assertThat(DeclaredNeeds.of("com.acme.Asking", List.of(jar.toString())))
        .containsExactly(GH, TOKEN);
    assertThat(DeclaredNeeds.of("com.acme.Asking", List.of(folder.toString()))).isEmpty();
  }

  @Test
  void what_cannot_be_read_needs_nothing_here_and_is_told_by_who_loads_it() throws Exception {
    Files.writeString(
        Files.createDirectories(folder.resolve("com")).resolve("A.class"), "no class");

    assertThat(DeclaredNeeds.of("com.A", List.of(folder.toString()))).isEmpty();
    assertThat(DeclaredNeeds.of(Misspelt.class.getName(), List.of())).isEmpty();
    assertThatThrownBy(() -> load(Misspelt.class, _ -> List.of()))
        .isInstanceOf(NoSuchSkill.class)
        .hasMessageContaining("@Needs of", "need: 'gh'");
  }

  @Test
  void a_skill_that_lacks_something_here_says_so_and_is_not_called() throws Exception {
    Skill skill = load(WithCard.class, List::copyOf);

    assertThat(skill.card().needs()).containsExactly(GH, TOKEN);
    assertThat(skill.card().lacking()).containsExactly(GH, TOKEN);
    assertThat(call(skill))
        .isEqualTo(
            new SkillResult.Failed(
                SkillResult.Cause.UNMET_NEEDS,
                "under-test needs bin:gh>=2, env:GH_TOKEN, which this node does not have"));
  }

  @Test
  void a_skill_that_lacks_nothing_is_called() throws Exception {
    Skill skill = load(AskingOnce.class, _ -> List.of());

    assertThat(skill.card().needs()).containsExactly(GH);
    assertThat(((SkillResult.Succeeded) call(skill)).text()).isEqualTo("asked");
  }

  private static Skill load(Class<?> type, NodeNeeds node) throws NoSuchSkill {
    return new ClassSkills(Duration.ofSeconds(50), node)
        .load(new SkillSpec.OfClass(NAME, type.getName()), type.getClassLoader());
  }

  private static SkillResult call(Skill skill) throws Exception {
    var arguments = JsonNodeFactory.instance.objectNode();
    return skill
        .call(
            new SkillCall(
                NAME, arguments, Duration.ofSeconds(50), Path.of("/"), new CompletableFuture<>()))
        .toCompletableFuture()
        .get(50, TimeUnit.SECONDS);
  }
}
