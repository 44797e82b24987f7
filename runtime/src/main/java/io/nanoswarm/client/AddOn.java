package io.nanoswarm.client;

/** A part of the program that can be left out, for what it costs. */
public enum AddOn {
  EMBEDDINGS(
      "embeddings",
      "finds what says it in other words: an embedding model, run on this machine",
      "92 MB to download once, and some 110 MB of memory for each agent that uses it");

  private final String id;
  private final String gain;
  private final String cost;

  AddOn(String id, String gain, String cost) {
    this.id = id;
    this.gain = gain;
    this.cost = cost;
  }

  /** As people type it; also the name of the Maven profile that builds it in. */
  public String id() {
    return id;
  }

  /** What it is good for, in a few words. */
  public String gain() {
    return gain;
  }

  /** What it takes, in a few words. */
  public String cost() {
    return cost;
  }
}
