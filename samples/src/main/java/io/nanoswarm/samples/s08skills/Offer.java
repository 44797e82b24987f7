package io.nanoswarm.samples.s08skills;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.Task;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.samples.Sample;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** One agent that uses a class of Java, a folder of instructions and a tool of Python. */
public final class Offer implements Sample {
  private static final List<String> FILES =
      List.of(
          "tax/skill.yaml",
          "tax/tax.py",
          "offer-letter/SKILL.md",
          "offer-letter/scripts/letter.sh");

  @Override
  public String goal() {
    return "2 lamps and 3 chairs";
  }

  @Override
  public List<Member> agents() {
    var spec =
        AgentSpec.of(new AgentRole("seller"), SellerAgent.class, "makes offers")
            .withSkills(skills(folders()));
    return List.of(new Member(spec, 1));
  }

  /**
   * @param folders holds a folder for each skill that has one
   */
  static List<SkillSpec> skills(Path folders) {
    return List.of(
        new SkillSpec.OfClass(new SkillName("prices"), PriceList.class.getName()),
        new SkillSpec.OfFolder(new SkillName("tax"), folders.resolve("tax").toString()),
        new SkillSpec.OfFolder(
            new SkillName("offer-letter"), folders.resolve("offer-letter").toString()),
        new SkillSpec.BuiltIn(new SkillName("exec")));
  }

  private static Path folders() {
    try {
      return folders(Files.createTempDirectory("nanoswarm-s08skills"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * They come in the jar of the samples; yours would lie in your project.
   *
   * @param place where they are unpacked
   * @return the same
   */
  static Path folders(Path place) throws IOException {
    for (String file : FILES) {
      Path target = place.resolve(file);
      Files.createDirectories(target.getParent());
      try (InputStream in = Offer.class.getResourceAsStream(file)) {
        Files.write(target, Objects.requireNonNull(in, file).readAllBytes());
      }
    }
    return place;
  }

  @Override
  public Planner planner() {
    return FixedPlan.of("offer", "seller")
        .with(task -> task.withParameter(Task.RESULT, "final/answer"));
  }
}
