package io.nanoswarm.skills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import io.nanoswarm.skill.SkillSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkerSkillsTest {
  @TempDir Path workspace;
  private final SkillsSettings settings = SkillsSettings.of(ConfigFactory.load());
  private WorkerSkills skills;

  @BeforeEach
  void make() {
    skills = new WorkerSkills(settings, _ -> List.of(), workspace.resolve("cache"));
  }

  @Test
  void a_spec_finds_its_skill_whatever_its_kind() throws Exception {
    Path folder = Files.createDirectories(workspace.resolve("skills/notes"));
    Files.writeString(folder.resolve("SKILL.md"), "---\ndescription: Takes notes.\n---\nWrite.");
    var exec = load(new SkillSpec.BuiltIn(new SkillName("exec")));
    var notes = load(new SkillSpec.OfFolder(new SkillName("my_notes"), folder.toString()));

    assertThat(call(exec, Map.of("command", "echo 'a b'", "timeout", "20")))
        .isInstanceOfSatisfying(
            SkillResult.Succeeded.class, done -> assertThat(done.text()).startsWith("a b\n"));
    assertThat(notes.card().name()).isEqualTo(new SkillName("my_notes"));
    assertThat(call(notes, Map.of()))
        .isInstanceOfSatisfying(
            SkillResult.Succeeded.class, done -> assertThat(done.text()).isEqualTo("Write."));
  }

  @Test
  void arguments_are_checked_before_anything_is_run() throws Exception {
    var exec = load(new SkillSpec.BuiltIn(new SkillName("exec")));

    assertThat(call(exec, Map.of("command", "touch ran", "timeout", "soon")))
        .isEqualTo(
            new SkillResult.Failed(
                Cause.INVALID_ARGUMENTS, "timeout: \"soon\" (expected: integer)"));
    assertThat(workspace.resolve("ran")).doesNotExist();
  }

  @Test
  void what_is_not_there_is_said_when_the_agent_is_hosted() {
    assertThatThrownBy(() -> load(new SkillSpec.BuiltIn(new SkillName("exek"))))
        .isInstanceOf(NoSuchSkill.class)
        .hasMessage(
            "no skill 'exek' comes with the program (expected: exec,"
                + " read_skill, skill-authoring, text-search)");
    assertThatThrownBy(() -> load(new SkillSpec.OfFolder(new SkillName("x"), workspace.toString())))
        .isInstanceOf(NoSuchSkill.class)
        .hasMessageContaining("(expected: a folder with SKILL.md or skill.yaml)");
  }

  @Test
  void skills_are_listed_with_where_they_come_from_and_what_they_lack() throws Exception {
    Path folder = Files.createDirectories(workspace.resolve("skills/gh"));
    Files.writeString(
        folder.resolve("SKILL.md"),
        "---\n"
            + "description: Asks.\n"
            + "metadata: {\"nanobot\":{\"requires\":{\"bins\":[\"gh\"]}}}\n"
            + "---\n"
            + "B");

    var listed = new SkillListing(settings, needs -> List.copyOf(needs)).in(workspace);

    assertThat(listed)
        .extracting(ListedSkill::name, ListedSkill::source)
        .containsExactly(
            tuple("exec", "built-in"),
            tuple("read_skill", "built-in"),
            tuple("gh", "workspace"),
            tuple("skill-authoring", "built-in"),
            tuple("text-search", "built-in"));
    assertThat(listed.get(2).lacking()).hasToString("[bin:gh]");
  }

  @Test
  void a_folder_that_comes_with_the_program_is_read_and_its_script_run() throws Exception {
    var authoring = load(new SkillSpec.BuiltIn(new SkillName("skill-authoring")));
    var read = load(new SkillSpec.BuiltIn(new SkillName("read_skill")));
    var exec = load(new SkillSpec.BuiltIn(new SkillName("exec")));

    String text = text(call(authoring, Map.of()));
    assertThat(text(call(read, Map.of("name", "skill-authoring")))).isEqualTo(text);
    assertThat(text(call(read, Map.of()))).contains("**text-search**");

    String script = text.replaceAll("(?s).*`sh (\\S*/scripts/new-skill.sh).*", "$1");
    assertThat(text(call(exec, Map.of("command", "sh " + script + " greet skills"))))
        .startsWith("skills/greet\n");
    assertThat(text(call(read, Map.of()))).contains("**greet**");
  }

  @Test
  void a_workspaces_own_hides_what_comes_with_the_program() throws Exception {
    Path folder = Files.createDirectories(workspace.resolve("skills/text-search"));
    Files.writeString(folder.resolve("SKILL.md"), "---\ndescription: Mine.\n---\nMine.");
    var read = load(new SkillSpec.BuiltIn(new SkillName("read_skill")));

    assertThat(text(call(read, Map.of("name", "text-search")))).isEqualTo("Mine.");
    assertThat(new SkillListing(settings, _ -> List.of()).in(workspace))
        .filteredOn(skill -> skill.name().equals("text-search"))
        .extracting(ListedSkill::source)
        .containsExactly("workspace");
  }

  @Test
  void folders_and_variables_may_be_told_in_one_text() {
    var told =
        ConfigFactory.parseMap(
                Map.of(
                    "swarm.skills.folders",
                    "/a" + java.io.File.pathSeparator + "/b",
                    "swarm.skills.environment",
                    "GH_TOKEN, OTHER"))
            .withFallback(ConfigFactory.load());

    assertThat(SkillsSettings.of(told).folders()).containsExactly(Path.of("/a"), Path.of("/b"));
    assertThat(SkillsSettings.of(told).environment()).containsExactly("GH_TOKEN", "OTHER");
  }

  private static String text(SkillResult result) {
    return ((SkillResult.Succeeded) result).text();
  }

  private Skill load(SkillSpec spec) throws NoSuchSkill {
    return skills.load(spec, getClass().getClassLoader());
  }

  private SkillResult call(Skill skill, Map<String, Object> arguments) throws Exception {
    var call =
        new SkillCall(
            skill.card().name(),
            new JsonMapper().valueToTree(arguments),
            Duration.ofSeconds(40),
            workspace);
    return skill.call(call).toCompletableFuture().get(50, TimeUnit.SECONDS);
  }
}
