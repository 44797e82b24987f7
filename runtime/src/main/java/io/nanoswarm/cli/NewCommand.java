package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "new",
    header = "Make a project for an agent of your own.",
    description = {
      "A Maven project with an agent, a test, a swarm.yaml and a readme, in a new folder. It"
          + " builds, tests and runs as it stands.",
      "",
      "The SDK comes along in the folder sdk/ of the project, as a repository for Maven; nothing is"
          + " installed elsewhere.",
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} new word-counter --package com.acme.words",
      "  cd word-counter && mvn verify"
    })
final class NewCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST_NAME = 32;

  private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  private final Surroundings around;

  @Parameters(paramLabel = "NAME", description = "Of project, folder and role, as word-counter.")
  private String name = "";

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "Of its classes. Default: made from the name.")
  private @Nullable String packageName;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where its folder goes. Default: here.")
  private Path folder = Path.of("");

  @Mixin private final CommonOptions common = new CommonOptions();

  NewCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
      throw UserError.usage(
          "'%s' is no name for a project".formatted(name),
          "use lower-case letters, digits and dashes, at most 32, as in word-counter");
    }
    String java = packageName == null ? name.replace('-', '.') : packageName;
    if (!PACKAGE.matcher(java).matches() || !validWords(java)) {
      throw UserError.usage(
          "'%s' is no package".formatted(java), "name one as in --package com.acme.words");
    }
    Path place = around.resolve(folder).resolve(name);
    if (Files.exists(place)) {
      throw UserError.usage(
          "%s exists already, and stays as it is".formatted(place),
          "choose another name, or --dir");
    }
    try {
      new NewProject(name, java, Sdk.ofThisProgram()).write(place);
    } catch (IOException e) {
      throw UserError.environment(
          "the project cannot be written: %s".formatted(e.getMessage()),
          "use another folder with --dir DIR");
    }
    tell("made " + place);
    tell("go on with: cd %s && mvn verify".formatted(fromHere(place)));
    return ExitCode.COMPLETED.code();
  }

  private Path fromHere(Path place) {
    return place.startsWith(around.folder()) ? around.folder().relativize(place) : place;
  }

  private static boolean validWords(String java) {
    return javax.lang.model.SourceVersion.isName(java);
  }

  private void tell(String text) {
    common.console(around).err().done(text);
  }
}
