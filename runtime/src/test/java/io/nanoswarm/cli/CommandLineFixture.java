package io.nanoswarm.cli;

import io.nanoswarm.api.Progress;
import io.nanoswarm.client.FakeNodes;
import io.nanoswarm.client.ScriptedEndpoint;
import io.nanoswarm.client.ScriptedEndpoint.Step;
import io.nanoswarm.client.ScriptedEndpoint.Tell;
import io.nanoswarm.client.Story;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.Look;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** A command line before scripted nodes, in a folder of its own, without a terminal. */
final class CommandLineFixture implements AutoCloseable {
  final Path folder;
  final FakeNodes nodes = new FakeNodes();
  final Map<String, String> environment = new HashMap<>();
  private final List<ScriptedEndpoint> endpoints = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  CommandLineFixture(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder.resolve(".nanoswarm"));
      Files.writeString(folder.resolve("README.md"), "read me");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int run(String... arguments) {
    out.reset();
    err.reset();
    return SwarmCli.run(surroundings(), arguments);
  }

  /** As it is before any arguments. */
  CommandLine commandLine() {
    return SwarmCli.commandLine(surroundings(), "swarm");
  }

  private Surroundings surroundings() {
    var console = new Console(port(out), port(err));
    var clock = InstantSource.fixed(Story.START.plusSeconds(90));
    return new Surroundings(nodes, console, environment, folder, clock, "0.1.0");
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** A node that would play these events for the session of the story. */
  ScriptedEndpoint node(Progress... events) {
    var node = new ScriptedEndpoint();
    endpoints.add(node);
    node.sessions.put(Story.ID, Story.session("running", Story.tasks("running")));
    var steps = new ArrayList<Step>();
    for (var event : events) {
      steps.add(new Tell(event));
    }
    node.streams.put(Story.ID, steps);
    return node;
  }

  @Override
  public void close() {
    endpoints.forEach(ScriptedEndpoint::close);
  }

  private static Console.Port port(ByteArrayOutputStream bytes) {
    return new Console.Port(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), false, Look.PLAIN, () -> 0);
  }
}
