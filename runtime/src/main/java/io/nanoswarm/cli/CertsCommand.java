package io.nanoswarm.cli;

import io.nanoswarm.certificates.TrialCertificates;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.Tone;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "certs",
    header = "Make certificates for a trial of TLS between nodes.",
    description =
        "Writes a CA, and one certificate of it with its key for all nodes of a swarm, and prints"
            + " the variables that have nodes use them. They are valid for 30 days. The key of the"
            + " CA is kept nowhere: for more certificates, make a new CA. Files that exist stay.",
    footerHeading = "%nExample:%n",
    footer = {"  eval \"$(${ROOT-COMMAND-NAME} certs certificates)\""})
final class CertsCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "Where to write them; made if it does not exist.")
  private Path folder = Path.of("");

  @Option(
      names = "--hosts",
      paramLabel = "HOST",
      split = ",",
      description =
          "Names and addresses to put into the certificate, for tools that compare them. Nodes do"
              + " not.")
  private List<String> hosts = List.of();

  @Mixin private final CommonOptions common = new CommonOptions();

  CertsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var made = make(around.resolve(folder));
    var console = common.console(around);
    var out = console.out().stream();
    out.println(variable("CERTIFICATE", made.certificate()));
    out.println(variable("KEY", made.key()));
    out.println(variable("CA", made.ca()));
    var err = console.err();
    err.done(
        "valid for %d days, until %s; the same three files go to every node's machine"
            .formatted(TrialCertificates.DAYS, made.until().atZone(ZoneOffset.UTC).toLocalDate()));
    err.print(
        err.look()
            .line()
            .glyph(Tone.WARN, Glyph.WARNING)
            .space(1)
            .text("whoever has %s is part of the swarm".formatted(made.key())));
    return ExitCode.COMPLETED.code();
  }

  private static String variable(String name, Path file) {
    return "export NANOSWARM_TLS_%s=%s".formatted(name, ShellWord.of(file.toString()));
  }

  private TrialCertificates make(Path place) {
    try {
      return TrialCertificates.make(place, hosts);
    } catch (FileAlreadyExistsException e) {
      throw UserError.usage(
          "%s exists already, and stays as it is".formatted(e.getFile()), "name another folder");
    } catch (IllegalArgumentException e) {
      throw UserError.usage(
          "--hosts: " + e.getMessage(), "name hosts with commas between them, without ports");
    } catch (IOException e) {
      throw UserError.environment(
          "no certificates in %s: %s".formatted(place, e.getMessage()),
          "use another folder, and see whether this JDK has a keytool");
    } catch (InterruptedException _) {
      throw new Interrupted();
    }
  }
}
