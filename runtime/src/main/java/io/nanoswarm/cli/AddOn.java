package io.nanoswarm.cli;

import io.nanoswarm.offline.embedding.EmbeddingModel;

/** A part of the program that is built in only where somebody wants it, for what it costs. */
enum AddOn {
  EMBEDDINGS(
      "embeddings",
      "finds what says it in other words: an embedding model, run on this machine",
      "92 MB to download once, and some 110 MB more memory for each researcher");

  private final String id;
  private final String gain;
  private final String cost;

  AddOn(String id, String gain, String cost) {
    this.id = id;
    this.gain = gain;
    this.cost = cost;
  }

  /** As people type it; also the name of the Maven profile that builds it in. */
  String id() {
    return id;
  }

  String gain() {
    return gain;
  }

  String cost() {
    return cost;
  }

  /** Whether this very program has it. */
  boolean isBuiltIn() {
    return switch (this) {
      case EMBEDDINGS -> EmbeddingModel.added().isPresent();
    };
  }
}
