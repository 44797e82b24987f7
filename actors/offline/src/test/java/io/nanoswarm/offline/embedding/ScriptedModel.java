package io.nanoswarm.offline.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A model that knows which words mean the same: a vector has a number for each group of them, and
 * one for all others.
 */
public final class ScriptedModel implements EmbeddingModel {
  private final List<List<String>> groups;
  public final List<String> embedded = new ArrayList<>();

  public ScriptedModel(List<List<String>> groups) {
    this.groups = groups;
  }

  @Override
  public String id() {
    return "scripted";
  }

  @Override
  public int dimensions() {
    return groups.size() + 1;
  }

  @Override
  public float[] embed(String text) {
    embedded.add(text);
    var vector = new float[dimensions()];
    for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
      int group = 0;
      while (group < groups.size() && !groups.get(group).contains(word)) {
        group++;
      }
      vector[group] += group < groups.size() ? 1 : 0.05f;
    }
    double square = 0;
    for (float each : vector) {
      square += each * each;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(square));
    }
    return vector;
  }
}
