package io.nanoswarm.cli;

import io.nanoswarm.client.AddOn;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "add-ons",
    header = "List parts that can be left out, leave them out or have them back.",
    description =
        "Add-ons are built in unless they were removed; the next command builds what was changed."
            + " That belongs to this copy of the program: on a cluster, do the same on every node."
            + " Nodes that run go on as they are until they are started again.",
    footerHeading = "%nExample:%n",
    footer = {"  ${ROOT-COMMAND-NAME} add-ons --remove embeddings"})
final class AddOnsCommand implements Callable<Integer> {
  /** The folder of the launcher, which it tells; it reads the file. */
  private static final String HOME = "NANOSWARM_HOME";

  private static final String FILE = ".add-ons";

  private final Surroundings around;

  @Option(names = "--add", paramLabel = "NAME", description = "Have it built in from now on.")
  private List<String> added = List.of();

  @Option(names = "--remove", paramLabel = "NAME", description = "Build without it from now on.")
  private List<String> removed = List.of();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  AddOnsCommand(Surroundings around) {
    this.around = around;
  }

  /**
   * How an add-on stands.
   *
   * @param wanted whether the next build has it
   * @param builtIn whether this program has it
   */
  record Shown(String name, boolean wanted, boolean builtIn, String gain, String cost) {}

  @Override
  public Integer call() {
    var before = noted();
    added.forEach(AddOnsCommand::known);
    removed.stream().filter(each -> !before.contains(each)).forEach(AddOnsCommand::known);
    var wanted = new TreeSet<>(before);
    wanted.addAll(added);
    removed.forEach(wanted::remove);
    if (!wanted.equals(before)) {
      write(wanted);
    }
    var shown =
        Stream.of(AddOn.values())
            .map(each ->
                new Shown(
                    each.id(),
                    wanted.contains(each.id()),
                    around.nodes().has(each),
                    each.gain(),
                    each.cost()))
            .toList();
    var out = common.console(around).out();
    if (json) {
      JsonView.print(out.stream(), shown.toArray(Shown[]::new));
    } else {
      for (var each : shown) {
        var line = out.look().line();
        if (each.wanted()) {
          line.glyph(Tone.GOOD, Glyph.DONE);
        } else {
          line.text("-");
        }
        out.print(line.space(1).text(each.name()).to(14).text(state(each)));
        out.print(out.look().line().space(14).text(each.gain()));
        out.print(out.look().line().space(14).text(Tone.DIM, each.cost()));
      }
    }
    return ExitCode.COMPLETED.code();
  }

  private static String state(Shown each) {
    if (each.wanted()) {
      return each.builtIn() ? "built in" : "added: the next command builds it in";
    }
    return each.builtIn() ? "removed: the next command builds without it" : "left out";
  }

  private static void known(String name) {
    if (!ids().contains(name)) {
      throw new UserError(
          ExitCode.USAGE,
          "no add-on is called '%s'".formatted(name),
          "there is: " + String.join(", ", ids()));
    }
  }

  private static Set<String> ids() {
    return Stream.of(AddOn.values()).map(AddOn::id).collect(Collectors.toCollection(TreeSet::new));
  }

  private Path file() {
    var home = around.environment().get(HOME);
    if (home == null) {
      throw new UserError(
          ExitCode.ENVIRONMENT,
          "this program is not one that `./swarm` has built",
          "add-ons are built in where the sources are: ./swarm add-ons in a copy of the project, or"
              + " an image built anew by cluster-config/image/build, with --remove NAME for what is"
              + " to be left out");
    }
    return Path.of(home).resolve(FILE);
  }

  /** Those that are wanted: all, if nobody said anything. */
  private Set<String> noted() {
    try {
      return new TreeSet<>(
          Files.readAllLines(file()).stream().filter(line -> !line.isBlank()).toList());
    } catch (NoSuchFileException _) {
      return ids();
    } catch (IOException e) {
      throw new UserError(
          ExitCode.ENVIRONMENT, "%s cannot be read: %s".formatted(file(), e.getMessage()), null);
    }
  }

  private void write(Set<String> wanted) {
    try {
      if (wanted.equals(ids())) {
        Files.deleteIfExists(file());
      } else {
        Path making = Files.write(file().resolveSibling(FILE + ".new"), wanted);
        Files.move(making, file(), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UserError(
          ExitCode.ENVIRONMENT,
          "%s cannot be written: %s".formatted(file(), e.getMessage()),
          "make the folder of the program writable");
    }
  }
}
