package io.nanoswarm.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of programs, as they print them; each asked once for as long as its file stays as it
 * is. Safe for many threads.
 */
final class ProgramVersions {
  private static final Logger LOG = LoggerFactory.getLogger(ProgramVersions.class);
  private static final List<String> QUESTIONS = List.of("--version", "version");
  private static final int MOST_OUTPUT = 8192;

  /** With a dot if there is one anywhere, since years and sizes have none. */
  private static final List<Pattern> VERSIONS =
      List.of(
          Pattern.compile("(?<![0-9.])(?<version>[0-9]+\\.[0-9][0-9A-Za-z.+-]*)"),
          Pattern.compile("(?<![0-9A-Za-z.])v?(?<version>[0-9][0-9A-Za-z.+-]*)"));

  private record State(Path program, FileTime changed, long size) {}

  private final Duration within;
  private final Map<State, String> known = new ConcurrentHashMap<>();

  ProgramVersions(Duration within) {
    this.within = within;
  }

  /** Empty if the program tells none in time. Blocks until then. */
  String of(Path program) {
    try {
      Path real = program.toRealPath();
      var state = new State(real, Files.getLastModifiedTime(real), Files.size(real));
      String version = known.get(state);
      if (version == null) {
        version = ask(program);
        known.put(state, version);
      }
      return version;
    } catch (IOException e) {
      LOG.warn("[{}] tells no version: [{}]", program, e.toString());
      return "";
    }
  }

  private String ask(Path program) throws IOException {
    for (String question : QUESTIONS) {
      String version = version(output(program, question));
      if (!version.isEmpty()) {
        return version;
      }
    }
    return "";
  }

  private String output(Path program, String question) throws IOException {
    Process process =
        new ProcessBuilder(program.toString(), question)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try (InputStream out = process.getInputStream()) {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("[{} {}] did not end within [{}]", program, question, within);
        return "";
      }
      // What it left running may hold the pipe open: just what is there already is read.
      return new String(
          out.readNBytes(Math.min(out.available(), MOST_OUTPUT)), StandardCharsets.UTF_8);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  static String version(String output) {
    for (Pattern pattern : VERSIONS) {
      Matcher matcher = pattern.matcher(output);
      if (matcher.find()) {
        return matcher.group("version").replaceFirst("[.+-]+$", "");
      }
    }
    return "";
  }
}
