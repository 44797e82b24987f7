package io.nanoswarm.chaos;

import java.io.IOException;
import java.util.List;

/** Where the nodes of a cluster are, and what lies between them. */
interface Network extends AutoCloseable {

  /**
   * A machine, or what stands for one.
   *
   * @param host its address
   * @param prefix what a command is to be preceded by to run there
   */
  record Place(String name, String host, List<String> prefix) {}

  /** The machines, as many as were asked for. */
  List<Place> places();

  /** Whether the way between machines can be cut. */
  boolean canBeCut();

  /** From now on nothing gets from one machine to the other; the way back is left as it is. */
  void cut(Place from, Place to) throws IOException, InterruptedException;

  /** From now on nothing gets from the machine to the database, nor back. */
  void cutOffDatabase(Place from) throws IOException, InterruptedException;

  /** Everything gets everywhere again. */
  void heal() throws IOException, InterruptedException;

  @Override
  void close();
}
