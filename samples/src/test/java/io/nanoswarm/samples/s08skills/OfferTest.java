package io.nanoswarm.samples.s08skills;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.AttemptEnd;
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
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.skills.WorkerSkills;
import io.nanoswarm.testkit.ScriptedAttempt;
import io.nanoswarm.testkit.ScriptedSwarm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent with its real skills: Java, instructions, Python, commands. */
class OfferTest {
  private static final AgentName SELLER = new AgentName("seller-1");

  @TempDir Path folder;
  private final List<Skill> skills = new ArrayList<>();
  private ScriptedSwarm swarm;

  @AfterEach
  void close() {
    skills.forEach(Skill::close);
  }

  @Test
  void an_offer_is_made_with_skills_of_three_kinds() throws Exception {
    assertThat(offer("2 lamps and 3 chairs").ended())
        .isCompletedWithValue(AttemptEnd.completed("made an offer of 32725 cents"));
    assertThat(swarm.entries().getFirst().draft().content())
        .isEqualTo(
            "Dear customer,\n\n2 lamps and 3 chairs: 327.25 EUR, tax included.\n\nYours, the shop");
  }

  @Test
  void what_is_not_sold_is_not_offered() throws Exception {
    assertThat(offer("1 bicycle").ended())
        .isCompletedWithValue(
            AttemptEnd.impossible("prices: IllegalArgumentException: we sell no bicycle"));
  }

  private ScriptedAttempt offer(String wish) throws Exception {
    var loader =
        new WorkerSkills(
            SkillsSettings.of(ConfigFactory.load()), _ -> List.of(), folder.resolve("cache"));
    for (SkillSpec spec : Offer.skills(Offer.folders(folder.resolve("skills")))) {
      skills.add(loader.load(spec, getClass().getClassLoader()));
    }
    swarm = new ScriptedSwarm(folder);
    swarm.equip(SELLER, skills);
    return swarm.perform(new SellerAgent(), task(wish), SELLER);
  }

  private Task task(String wish) {
    var spec =
        TaskSpec.of(TaskId.of(new SessionId("shop"), "offer"), new AgentRole("seller"), "Offer");
    var workspace = new Workspace(folder.toString(), new ArtifactRef("0".repeat(64), 0), 0, 0);
    return new Task(
        spec, new Goal(wish), Earlier.NONE, workspace, 1, Instant.MAX, List.of(), null, null, null);
  }
}
