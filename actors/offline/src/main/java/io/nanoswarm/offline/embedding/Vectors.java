package io.nanoswarm.offline.embedding;

/** Of vectors of length 1. */
final class Vectors {
  private Vectors() {}

  static double cosine(float[] one, float[] other) {
    double cosine = 0;
    for (int i = 0; i < one.length; i++) {
      cosine += (double) one[i] * other[i];
    }
    return cosine;
  }
}
