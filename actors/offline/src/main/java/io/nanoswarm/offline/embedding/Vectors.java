package io.nanoswarm.offline.embedding;

import java.util.List;
import java.util.stream.DoubleStream;

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

  /** The direction in which they point together; that of the first if they cancel each other. */
  static float[] together(List<float[]> vectors) {
    float[] first = vectors.getFirst();
    var sum = new double[first.length];
    for (float[] each : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += each[i];
      }
    }
    double length = Math.sqrt(DoubleStream.of(sum).map(each -> each * each).sum());
    if (length == 0) {
      return first;
    }
    var direction = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      direction[i] = (float) (sum[i] / length);
    }
    return direction;
  }
}
