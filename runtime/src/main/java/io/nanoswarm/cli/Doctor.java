package io.nanoswarm.cli;

import io.nanoswarm.client.AddOn;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.launch.AotCache;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks whether this machine has what the swarm needs. Changes nothing that stays. */
record Doctor(Surroundings around, Path dataFolder) {
  private static final int JDK = 25;
  private static final long GIGABYTE = 1L << 30;

  enum Level {
    OK,
    WARN,
    FAIL
  }

  /**
   * @param hint what to do if it is not ok
   */
  record Check(String name, Level level, String finding, @Nullable String hint) {
    static Check ok(String name, String finding) {
      return new Check(name, Level.OK, finding, null);
    }
  }

  List<Check> checks() {
    return Stream.concat(
            Stream.of(
                jdk(),
                memory(),
                folder(),
                space(),
                content(),
                loopback(),
                node(),
                terminal(),
                cache()),
            addOns())
        .toList();
  }

  /** Those that this program has. */
  private Stream<Check> addOns() {
    return Stream.of(AddOn.values()).filter(around.nodes()::has).map(this::addOn);
  }

  private Check addOn(AddOn addOn) {
    if (!Files.isDirectory(dataFolder)) {
      return Check.ok(addOn.id(), "built in; tried once there is a data folder");
    }
    try {
      return around
          .nodes()
          .trouble(addOn, dataFolder)
          .map(trouble ->
              new Check(
                  addOn.id(),
                  Level.WARN,
                  trouble,
                  "agents go on without it: `%s add-ons --remove %s` leaves it out"
                      .formatted(around.program(), addOn.id())))
          .orElseGet(() -> Check.ok(addOn.id(), "built in, and can be loaded"));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Check(addOn.id(), Level.WARN, "not tried: interrupted", null);
    }
  }

  private static Check jdk() {
    var version = Runtime.version();
    var found = "%s (%s)".formatted(version, System.getProperty("java.vendor"));
    return version.feature() >= JDK
        ? Check.ok("JDK", found)
        : new Check("JDK", Level.FAIL, found, "install JDK " + JDK + " or newer and set JAVA_HOME");
  }

  private static Check memory() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    long total = system.getTotalMemorySize();
    long free = system.getFreeMemorySize();
    var found = "%s, %s of it unused".formatted(size(total), size(free));
    if (total < GIGABYTE) {
      return new Check("memory", Level.FAIL, found, "1 GB is the least; use --isolation shared");
    }
    return total < 2 * GIGABYTE
        ? new Check("memory", Level.WARN, found, "start few agents, or use --isolation shared")
        : Check.ok("memory", found);
  }

  private Check folder() {
    var place = existing(dataFolder);
    if (!Files.isDirectory(place) || !Files.isWritable(place)) {
      return new Check(
          "data folder",
          Level.FAIL,
          place + " cannot be written to",
          "change its permissions, or choose another with --data DIR");
    }
    return Check.ok(
        "data folder", dataFolder + (place.equals(dataFolder) ? "" : " (not created yet)"));
  }

  private Check space() {
    try {
      long free = Files.getFileStore(existing(dataFolder)).getUsableSpace();
      var found = size(free) + " free";
      if (free < GIGABYTE / 20) {
        return new Check("disk", Level.FAIL, found, "free some space; sessions need it to be kept");
      }
      return free < GIGABYTE
          ? new Check("disk", Level.WARN, found, "free some space before long sessions")
          : Check.ok("disk", found);
    } catch (IOException e) {
      return new Check("disk", Level.WARN, "unknown: " + e.getMessage(), null);
    }
  }

  private Check content() {
    var state = around.nodes().inspect(dataFolder);
    if (!state.understood()) {
      return new Check(
          "stored data",
          Level.FAIL,
          "in format %s, which version %s does not read"
              .formatted(state.version(), around.version()),
          "use the version that wrote it, or another folder with --data DIR");
    }
    return Check.ok(
        "stored data", state.version() == null ? "none yet" : "in format " + state.version());
  }

  private static Check loopback() {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return Check.ok(
          "loopback", "ports can be opened on " + socket.getInetAddress().getHostAddress());
    } catch (IOException e) {
      return new Check(
          "loopback", Level.FAIL, "no port can be opened: " + e.getMessage(), "allow 127.0.0.1");
    }
  }

  private Check node() {
    var running = around.nodes().running(dataFolder);
    if (running.isPresent()) {
      try {
        var health = new EndpointClient(running.get()).health();
        return Check.ok("node", "pid %d, version %s".formatted(health.pid(), health.version()));
      } catch (NodeGone e) {
        return new Check("node", Level.WARN, "one just ended", null);
      }
    }
    var holder = around.nodes().inspect(dataFolder).lockedBy();
    return holder == null
        ? Check.ok("node", "none runs; commands start one when they need it")
        : new Check(
            "node",
            Level.FAIL,
            "process " + holder + " holds the data folder and does not answer",
            "end it: kill " + holder);
  }

  private Check terminal() {
    var console = around.console();
    if (!console.out().terminal()) {
      return Check.ok("terminal", "none: plain lines are printed");
    }
    var look = console.out().look();
    return Check.ok(
        "terminal",
        "%d columns, %s, %s"
            .formatted(
                console.out().width(),
                look.color() ? "colours" : "no colours",
                look.unicode() ? "Unicode" : "ASCII only"));
  }

  private static Check cache() {
    var cache =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith(AotCache.OPTION))
            .map(argument -> Path.of(argument.substring(AotCache.OPTION.length())))
            .filter(Files::isRegularFile)
            .findFirst();
    return cache
        .map(file -> Check.ok("start-up cache", file.toString()))
        .orElseGet(() ->
            new Check(
                "start-up cache",
                Level.WARN,
                "not in use: every JVM starts slower",
                "start through the launcher script, which makes one"));
  }

  private static Path existing(Path path) {
    var place = path;
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", (double) bytes / GIGABYTE);
  }
}
