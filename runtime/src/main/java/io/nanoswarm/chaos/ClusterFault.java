package io.nanoswarm.chaos;

/** What is done to a cluster, or to the network between its nodes. */
enum ClusterFault {
  KILL_SUPERVISING("kill -9 of a control node", "the supervisor's", Nature.PROCESS),
  KILL_CONTROL("kill -9 of a control node", "another one", Nature.PROCESS),
  KILL_ALL_CONTROL("kill -9 of a control node", "all at once", Nature.PROCESS),
  KILL_MACHINE("kill -9 of a machine", "with its workers", Nature.PROCESS),
  LEAVE_CONTROL("ended in order, and started again", "a control node", Nature.PROCESS),
  LEAVE_MACHINE("ended in order, and started again", "a machine", Nature.PROCESS),
  ROLL("ended in order, and started again", "all control nodes, one by one", Nature.PROCESS),
  DRAIN("drained, and started again", "a machine", Nature.PROCESS),
  PAUSE_CONTROL("paused for 3 s", "a control node", Nature.PROCESS),
  PAUSE_MACHINE("paused for 3 s", "a machine", Nature.PROCESS),
  PAUSE_CONTROL_LONG("paused for 40 s", "a control node", Nature.PROCESS),
  PAUSE_MACHINE_LONG("paused for 40 s", "a machine", Nature.PROCESS),
  BREAK_CONTROL("cut off from all nodes for 3 s", "a control node", Nature.NETWORK),
  BREAK_MACHINE("cut off from all nodes for 3 s", "a machine", Nature.NETWORK),
  PART_CONTROL("cut off from all nodes for 40 s", "a control node", Nature.NETWORK),
  PART_MACHINE("cut off from all nodes for 40 s", "a machine", Nature.NETWORK),
  PART_HALVES("parted for 40 s", "one control node and half of the machines", Nature.NETWORK),
  MUTE_CONTROL("unheard by all nodes for 40 s", "a control node", Nature.NETWORK),
  MUTE_MACHINE("unheard by all nodes for 40 s", "a machine", Nature.NETWORK),
  UPGRADE_CONTROL("ended in order, and started as this version", "a control node", Nature.VERSION),
  UPGRADE_MACHINE("ended in order, and started as this version", "a machine", Nature.VERSION),
  BACK_CONTROL(
      "ended in order, and started as the version before", "a control node", Nature.VERSION),
  NO_DATABASE("cut off from PostgreSQL for 20 s", "a control node", Nature.NETWORK);

  private final String text;
  private final String victim;
  private final Nature nature;

  /** What it takes. */
  enum Nature {
    /** Signals to processes. */
    PROCESS,
    /** A network that can be cut. */
    NETWORK,
    /** Another version of the program. */
    VERSION
  }

  ClusterFault(String text, String victim, Nature nature) {
    this.text = text;
    this.victim = victim;
    this.nature = nature;
  }

  Kind kind() {
    return new Kind(text, victim);
  }

  Nature nature() {
    return nature;
  }
}
