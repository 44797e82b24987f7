package io.nanoswarm.skills.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import io.nanoswarm.skills.needs.NodeNeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of nanobot and of the Agent Skills format. */
class SkillFolderTest {
  private static final Set<String> HERE = Set.of("bin:curl", "bin:rg", "env:HOME", "os:linux");
  private static final NodeNeeds NODE =
      needs -> needs.stream().filter(need -> !HERE.contains(need.value())).toList();

  @TempDir Path workspace;

  @Test
  void the_name_is_the_folders_whatever_the_text_says() throws Exception {
    var skill = skill("weather", "---\nname: other\ndescription: Tells the weather.\n---\n# W\n");

    assertThat(skill.name()).isEqualTo("weather");
    assertThat(skill.description()).isEqualTo("Tells the weather.");
    assertThat(skill.instructions()).isEqualTo("# W");
    assertThat(skill.problem()).isEmpty();
  }

  @Test
  void all_fields_of_the_format_are_read() {
    var text =
        SkillText.parse(
            """
            ---
            name: pdf
            description: Reads PDF files.
            homepage: https://example.org
            license: Apache-2.0
            compatibility: Needs poppler.
            allowed-tools: Bash(git:*) Read
            always: true
            ---
            Body
            """);

    assertThat(text.homepage()).isEqualTo("https://example.org");
    assertThat(text.license()).isEqualTo("Apache-2.0");
    assertThat(text.compatibility()).isEqualTo("Needs poppler.");
    assertThat(text.allowedTools()).containsExactly("Bash(git:*)", "Read");
    assertThat(text.always()).isTrue();
  }

  @Test
  void metadata_is_a_map_or_json_for_nanobot_or_openclaw() throws Exception {
    var yaml =
        "---\n"
            + "description: d\n"
            + "metadata:\n"
            + "  openclaw:\n"
            + "    requires:\n"
            + "      bins: [gh]\n"
            + "      env:\n"
            + "        - TOKEN\n"
            + "---\n"
            + "B";
    var json =
        "---\n"
            + "description: d\n"
            + "metadata: {\"nanobot\":{\"requires\":{\"bins\":[\"gh\"],\"env\":[\"TOKEN\"]}}}\n"
            + "---\n"
            + "B";
    var quoted =
        "---\n"
            + "description: d\n"
            + "metadata: '{\"nanobot\":{\"requires\":{\"bins\":[\"gh\"],\"env\":[\"TOKEN\"]}}}'\n"
            + "---\n"
            + "B";

    for (var text : List.of(yaml, json, quoted)) {
      assertThat(skill("one", text).needs())
          .as(text)
          .containsExactly(new Need("bin:gh"), new Need("env:TOKEN"));
    }
  }

  @Test
  void of_several_programs_or_systems_any_will_do_and_none_is_chosen_here() throws Exception {
    var text =
        "---\n"
            + "metadata:"
            + " {\"openclaw\":{\"os\":[\"darwin\",\"linux\"],\"requires\":{\"anyBins\":[\"ag\",\"rg\"]}}}\n"
            + "---\n"
            + "B";
    assertThat(skill("one", text).needs())
        .containsExactly(new Need("bin:ag|rg"), new Need("os:darwin|linux"));
  }

  @Test
  void broken_front_matter_still_makes_a_skill() throws Exception {
    var colon = skill("one", "---\ndescription: Use when: it rains\n---\nBody");
    assertThat(colon.description()).isEqualTo("Use when: it rains");
    assertThat(colon.problem().orElseThrow()).startsWith("its front matter is no YAML");
    assertThat(colon.instructions()).isEqualTo("Body");

    var broken = skill("two", "---\n{[: \n---\nBody");
    assertThat(broken.description()).isEqualTo("two");
    assertThat(broken.problem()).isPresent();

    var none = skill("three", "# Just text");
    assertThat(none.description()).isEqualTo("three");
    assertThat(none.instructions()).isEqualTo("# Just text");
  }

  @Test
  void wrong_shapes_count_as_not_said() throws Exception {
    var text =
        "---\n"
            + "description: [a]\n"
            + "metadata: {\"nanobot\":{\"requires\":{\"bins\":{\"a\":1},\"env\":[null,3,\"\"]}}}\n"
            + "---\n"
            + "B";

    assertThat(skill("one", text).needs()).isEmpty();
    assertThat(skill("one", text).description()).isEqualTo("one");
  }

  @Test
  void the_base_directory_is_put_in() throws Exception {
    var skill = skill("one", "---\ndescription: d\n---\nRun {baseDir}/scripts/a.sh");

    assertThat(skill.instructions()).isEqualTo("Run " + skill.path() + "/scripts/a.sh");
    assertThat(skill.path()).isAbsolute();
  }

  @Test
  void files_beside_the_text_are_readable_and_none_outside() throws Exception {
    var skill = skill("one", "---\ndescription: d\n---\nB");
    Files.createDirectories(skill.path().resolve("references"));
    Files.writeString(skill.path().resolve("references/more.md"), "more");
    Files.writeString(workspace.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(skill.path().resolve("link.txt"), workspace.resolve("secret.txt"));

    assertThat(skill.resource("references/more.md")).isEqualTo("more");
    for (var outside :
        List.of("../../secret.txt", "link.txt", workspace.resolve("secret.txt").toString())) {
      assertThatThrownBy(() -> skill.resource(outside))
          .as(outside)
          .isInstanceOf(SkillFolder.NotReadable.class)
          .hasMessageContaining("lies outside of");
    }
    assertThatThrownBy(() -> skill.resource("absent.md"))
        .isInstanceOf(SkillFolder.NotReadable.class)
        .hasMessageContaining("(it has: SKILL.md, link.txt, references/more.md)");
  }

  @Test
  void the_workspaces_own_skills_come_before_the_configured_ones() throws Exception {
    Path configured = workspace.resolve("configured");
    write(configured.resolve("weather"), "---\ndescription: configured\n---\nB");
    write(configured.resolve("other"), "---\ndescription: other\n---\nB");
    skill("weather", "---\ndescription: own\n---\nB");
    Files.createDirectories(workspace.resolve("skills/no-skill"));

    var found = new SkillFolders(List.of(configured, workspace.resolve("absent"))).in(workspace);

    assertThat(found)
        .extracting(SkillFolders.Found::name, SkillFolders.Found::source)
        .containsExactly(
            tuple("weather", SkillFolders.Source.WORKSPACE),
            tuple("other", SkillFolders.Source.CONFIGURED));
  }

  @Test
  void what_comes_with_the_program_is_looked_for_last() throws Exception {
    Path configured = workspace.resolve("configured");
    Path program = workspace.resolve("program");
    for (var name : List.of("own", "configured", "program")) {
      write(program.resolve(name), "---\ndescription: program\n---\nB");
    }
    write(configured.resolve("configured"), "---\ndescription: configured\n---\nB");
    skill("own", "---\ndescription: own\n---\nB");

    var found = new SkillFolders(List.of(configured)).withBuiltIn(program).in(workspace);

    assertThat(found)
        .extracting(SkillFolders.Found::name, SkillFolders.Found::source)
        .containsExactly(
            tuple("own", SkillFolders.Source.WORKSPACE),
            tuple("configured", SkillFolders.Source.CONFIGURED),
            tuple("program", SkillFolders.Source.BUILT_IN));
  }

  @Test
  void what_nanobot_is_told_goes_before_what_openclaw_is_told() throws Exception {
    var both =
        "---\n"
            + "metadata: {\"openclaw\":{\"requires\":{\"bins\":[\"a\"]}},"
            + "\"nanobot\":{\"requires\":{\"bins\":[\"b\"]}}}\n"
            + "---\n"
            + "B";

    assertThat(skill("one", both).needs()).containsExactly(new Need("bin:b"));
  }

  @Test
  void metadata_that_is_no_json_or_for_somebody_else_counts_as_not_said() throws Exception {
    for (var metadata :
        List.of("'{\"nanobot\": oops'", "'[1]'", "{other: {requires: {bins: [gh]}}}", "7")) {
      var skill = skill("one", "---\ndescription: d\nmetadata: " + metadata + "\n---\nB");

      assertThat(skill.needs()).as(metadata).isEmpty();
      assertThat(skill.description()).as(metadata).isEqualTo("d");
      assertThat(skill.problem()).as(metadata).isEmpty();
    }
  }

  @Test
  void lines_may_end_as_on_windows_and_always_may_stand_in_the_metadata() throws Exception {
    var skill =
        skill(
            "one",
            "---\r\ndescription: d\r\nmetadata: {\"nanobot\":{\"always\":true}}\r\n---\r\nB\r\n");

    assertThat(skill.problem()).isEmpty();
    assertThat(skill.description()).isEqualTo("d");
    assertThat(skill.always()).isTrue();
    assertThat(skill.instructions()).isEqualTo("B");
  }

  @Test
  void an_agent_is_told_descriptions_and_reads_the_rest_when_it_needs_it() throws Exception {
    skill("one", "---\ndescription: First.\n---\nDo this, see references/more.md");
    Path references = Files.createDirectories(workspace.resolve("skills/one/references"));
    Files.writeString(references.resolve("more.md"), "and more");
    var read = new ReadSkill(new SkillFolders(List.of()), NODE);

    assertThat(text(read, Map.of())).contains("First.").doesNotContain("Do this");
    assertThat(text(read, Map.of("name", "one"))).contains("Do this").doesNotContain("and more");
    assertThat(text(read, Map.of("name", "one", "file", "references/more.md")))
        .isEqualTo("and more");
  }

  @Test
  void calling_a_folder_is_reading_it() throws Exception {
    var folder = skill("one", "---\ndescription: d\n---\nDo this.");
    Files.writeString(folder.path().resolve("more.md"), "more");
    var skill = new FolderSkill(new SkillName("one"), folder, NODE);

    assertThat(text(skill, Map.of())).isEqualTo("Do this.");
    assertThat(text(skill, Map.of("file", "more.md"))).isEqualTo("more");
    assertThat(failure(skill, Map.of("file", "../x")).cause()).isEqualTo(Cause.NOT_ALLOWED);
  }

  @Test
  void a_folder_that_needs_what_is_not_here_says_so_when_it_is_called() throws Exception {
    var folder =
        skill(
            "gh",
            "---\nmetadata: {\"nanobot\":{\"requires\":{\"bins\":[\"gh\",\"curl\"]}}}\n---\nB");
    var skill = new FolderSkill(new SkillName("gh"), folder, NODE);

    assertThat(skill.card().lacking()).containsExactly(new Need("bin:gh"));
    assertThat(failure(skill, Map.of()))
        .isEqualTo(
            new SkillResult.Failed(
                Cause.UNMET_NEEDS, "gh needs bin:gh, which this node does not have"));
  }

  @Test
  void what_is_always_to_be_known_stands_on_its_card() throws Exception {
    var always = skill("one", "---\ndescription: d\nalways: true\n---\nKnow this.");
    var other = skill("two", "---\ndescription: d\n---\nAsk for this.");

    assertThat(new FolderSkill(new SkillName("one"), always, NODE).card().instructions())
        .isEqualTo("Know this.");
    assertThat(new FolderSkill(new SkillName("two"), other, NODE).card().instructions()).isEmpty();
  }

  @Test
  void read_skill_lists_and_reads_what_the_workspace_has() throws Exception {
    skill("one", "---\ndescription: First.\n---\nDo this.");
    skill(
        "gh",
        "---\n"
            + "description: Asks.\n"
            + "metadata: {\"nanobot\":{\"requires\":{\"bins\":[\"gh\"]}}}\n"
            + "---\n"
            + "B");
    var skill = new ReadSkill(new SkillFolders(List.of()), NODE);

    assertThat(text(skill, Map.of()))
        .isEqualTo(
            """
            - **gh** — Asks. (unavailable here: needs bin:gh) `%1$s/skills/gh`
            - **one** — First. `%1$s/skills/one`\
            """
                .formatted(workspace.toRealPath()));
    assertThat(text(skill, Map.of("name", "one"))).isEqualTo("Do this.");
    assertThat(failure(skill, Map.of("name", "two")))
        .isEqualTo(
            new SkillResult.Failed(Cause.UNKNOWN_SKILL, "no skill 'two' (there are: gh, one)"));
    assertThat(failure(skill, Map.of("name", "gh")).cause()).isEqualTo(Cause.UNMET_NEEDS);
  }

  private SkillFolder skill(String name, String text) throws IOException, SkillFolder.NotReadable {
    return SkillFolder.read(write(workspace.resolve("skills").resolve(name), text));
  }

  private static Path write(Path folder, String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("SKILL.md"), text);
    return folder;
  }

  private String text(Skill skill, Map<String, Object> arguments) throws Exception {
    return ((SkillResult.Succeeded) call(skill, arguments)).text();
  }

  private SkillResult.Failed failure(Skill skill, Map<String, Object> arguments) throws Exception {
    return (SkillResult.Failed) call(skill, arguments);
  }

  private SkillResult call(Skill skill, Map<String, Object> arguments) throws Exception {
    var call =
        new SkillCall(
            skill.card().name(),
            new JsonMapper().valueToTree(arguments),
            Duration.ofSeconds(10),
            workspace);
    return skill.call(call).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
