package io.nanoswarm.samples.nanobot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Task;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.skills.WorkerSkills;
import io.nanoswarm.testkit.ScriptedSwarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real skills, over folders that look like nanobot's. */
class OperatorAgentTest {
  private static final AgentName OPERATOR = new AgentName("operator-1");

  @TempDir Path folder;

  @Test
  void a_skill_is_executed_by_the_commands_of_its_text_in_its_own_folder() throws Exception {
    Path skill =
        skill(
            "skill-creator",
            """
            scripts/init_skill.py <skill-name> --path <output-directory> \
            [--resources scripts,references,assets] [--examples]
            ### Step 4: Edit the Skill
            scripts/package_skill.py <path/to/skill-folder> ./dist
            """);
    script(
        skill.resolve("scripts/init_skill.py"),
        "mkdir -p $3/$1/scripts; touch $3/$1/scripts/a; echo $1");
    script(
        skill.resolve("scripts/package_skill.py"),
        "mkdir -p $2; cp $1/scripts/facts.sh $2/tea-facts.skill");

    assertThat(outcome("skill-creator")).isEqualTo("executed: 3 commands");
    assertThat(folder.resolve("dist/tea-facts.skill")).hasContent("echo green");
  }

  @Test
  void a_command_that_fails_is_told_with_what_it_answered() throws Exception {
    Path skill =
        skill(
            "skill-creator",
            "scripts/init_skill.py <skill-name> --path <output-directory>"
                + " [--resources scripts,references,assets] [--examples]");
    script(skill.resolve("scripts/init_skill.py"), "echo tea-facts; exit 3");

    assertThat(outcome("skill-creator"))
        .startsWith("not executed: `scripts/init_skill.py tea-facts")
        .endsWith("answered: tea-facts Exit code: 3");
  }

  @Test
  void a_skill_whose_text_says_something_else_is_not_executed() throws Exception {
    skill("weather", "Look out of the window.");

    assertThat(outcome("weather"))
        .isEqualTo(
            "not executed: its text no longer says `curl -s \"https://wttr.in/London?format=3\"`");
  }

  @Test
  void what_has_no_commands_is_read_and_no_more() throws Exception {
    skill("cron", "cron(action=\"list\")");
    skill("new", "New.");

    assertThat(outcome("cron"))
        .isEqualTo("not executed: its calls are those of nanobot's tool `cron`");
    assertThat(outcome("new")).isEqualTo("not executed: nobody has written an exercise for it");
    assertThat(outcome("absent")).isEqualTo("not executed: it is not listed");
  }

  private Path skill(String name, String text) throws IOException {
    Path place = Files.createDirectories(folder.resolve("skills").resolve(name));
    Files.writeString(place.resolve("SKILL.md"), "---\ndescription: d\n---\n" + text);
    return place;
  }

  private static void script(Path file, String commands) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String outcome(String skill) throws Exception {
    var swarm = new ScriptedSwarm(folder);
    swarm.equip(OPERATOR, List.of(load("read_skill"), load("exec")));

    var _ = swarm.perform(new OperatorAgent(), task(skill), OPERATOR);

    return swarm.entries().getFirst().draft().content().strip();
  }

  private Skill load(String name) throws NoSuchSkill {
    return new WorkerSkills(
            SkillsSettings.of(ConfigFactory.load()), _ -> List.of(), folder.resolve("cache"))
        .load(new SkillSpec.BuiltIn(new SkillName(name)), getClass().getClassLoader());
  }

  private Task task(String skill) {
    var spec =
        TaskSpec.of(TaskId.of(new SessionId("nanobot"), skill), new AgentRole("operator"), skill)
            .withParameter(OperatorAgent.SKILL, skill);
    var workspace = new Workspace(folder.toString(), new ArtifactRef("0".repeat(64), 0), 0, 0);
    return new Task(
        spec, new Goal("go"), Earlier.NONE, workspace, 1, Instant.MAX, List.of(), null, null, null);
  }
}
