package io.nanoswarm.chaos;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace of Linux for each machine, with addresses and a cable of its own; the
 * namespace of this process is the router between them, and holds the database. What does not get
 * through is dropped without a word, as by a cable that is cut.
 *
 * <p>This process must run in a namespace of its own, whose links, addresses and rules are made
 * here and end with it: {@link #create} refuses one that has links already.
 */
final class Namespaces implements Network {
  /** Where the database listens, in the namespace of this process. */
  static final String ROUTER = "10.77.0.1";

  private final List<Place> places = new ArrayList<>();
  private int rules;

  private Namespaces() {}

  /**
   * @throws IOException if this process may not make namespaces, or is in one that is in use
   */
  static Namespaces create(int count) throws IOException, InterruptedException {
    refuseUsed(NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList());
    var network = new Namespaces();
    Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1\n");
    // Rules that drop come before the one that delivers to this namespace.
    network.run("ip rule add pref 200 lookup local");
    network.run("ip rule del pref 0");
    for (int i = 1; i <= count; i++) {
      network.add(i);
    }
    return network;
  }

  static void refuseUsed(List<String> links) throws IOException {
    var others = links.stream().filter(name -> !name.equals("lo")).toList();
    if (!others.isEmpty()) {
      throw new IOException(
          ("this is the network of a machine, with %s, which is not to be touched; docs/faults.sh"
                  + " makes a network namespace for it")
              .formatted(String.join(", ", others)));
    }
  }

  private void add(int number) throws IOException, InterruptedException {
    var name = "machine-" + number;
    var host = "10.77.%d.2".formatted(number);
    run("ip netns add " + name);
    run("ip link add veth%d type veth peer name eth0 netns %s".formatted(number, name));
    run("ip address add 10.77.%d.1/30 dev veth%d".formatted(number, number));
    run("ip link set veth%d up".formatted(number));
    run("ip -n %s address add %s/30 dev eth0".formatted(name, host));
    run("ip -n %s link set eth0 up".formatted(name));
    run("ip -n %s link set lo up".formatted(name));
    run("ip -n %s route add default via 10.77.%d.1".formatted(name, number));
    places.add(new Place(name, host, List.of("ip", "netns", "exec", name)));
  }

  @Override
  public List<Place> places() {
    return List.copyOf(places);
  }

  @Override
  public boolean canBeCut() {
    return true;
  }

  @Override
  public void cut(Place from, Place to) throws IOException, InterruptedException {
    drop(from.host(), to.host());
  }

  @Override
  public void cutOffDatabase(Place from) throws IOException, InterruptedException {
    drop(from.host(), ROUTER);
  }

  private void drop(String from, String to) throws IOException, InterruptedException {
    rules++;
    run("ip rule add pref 100 from %s to %s blackhole".formatted(from, to));
  }

  @Override
  public void heal() throws IOException, InterruptedException {
    for (; rules > 0; rules--) {
      run("ip rule del pref 100");
    }
  }

  private void run(String command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("%s: %s".formatted(command, said));
    }
  }

  /** Links and addresses end with the namespace of this process. */
  @Override
  public void close() {}
}
