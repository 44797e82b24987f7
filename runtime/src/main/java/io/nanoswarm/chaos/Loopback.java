package io.nanoswarm.chaos;

import java.util.List;
import java.util.stream.IntStream;

/** All machines are this one, by loopback addresses of their own. */
final class Loopback implements Network {
  private static final int RANGE = 250;

  private final List<Place> places;

  /**
   * @param count of machines, 250 at most
   * @param run any number: two runs side by side have different addresses
   */
  Loopback(int count, long run) {
    var network = "127.%d.%d.".formatted(1 + run % RANGE, run / RANGE % RANGE);
    places =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> new Place("machine-" + i, network + i, List.of()))
            .toList();
  }

  @Override
  public List<Place> places() {
    return places;
  }

  @Override
  public boolean canBeCut() {
    return false;
  }

  @Override
  public void cut(Place from, Place to) {
    throw new UnsupportedOperationException("loopback addresses cannot be parted");
  }

  @Override
  public void cutOffDatabase(Place from) {
    throw new UnsupportedOperationException("loopback addresses cannot be parted");
  }

  @Override
  public void heal() {}

  @Override
  public void close() {}
}
