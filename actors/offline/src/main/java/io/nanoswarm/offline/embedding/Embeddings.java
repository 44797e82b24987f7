package io.nanoswarm.offline.embedding;

import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.workspace.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;

/**
 * The vectors of files and questions by one model, those of files kept on this machine by content.
 * Safe for use by many threads.
 */
public final class Embeddings {
  /** A model takes much memory: all agents of a JVM share it. */
  private static final Map<Path, Loaded> LOADED = new HashMap<>();

  private static final String FIRST_WORDS = "first words";

  private final EmbeddingModel model;
  private final VectorCache cache;

  private Embeddings(EmbeddingModel model, VectorCache cache) {
    this.model = model;
    this.cache = cache;
  }

  /**
   * What there is in this JVM.
   *
   * @param embeddings empty if no model was added, or it cannot be loaded
   * @param problem why it cannot be loaded, though it was added
   */
  public record Loaded(Optional<Embeddings> embeddings, Optional<String> problem) {
    /** The end of a summary; nothing if all is as it should be. */
    public String remark() {
      return problem.map(why -> "; by words alone: " + why).orElse("");
    }

    /** Measures how near sentences are to a question, if there is a model that can. */
    public SentenceNearness.Measured sentences(String question, Collection<String> sentences)
        throws InterruptedException {
      return embeddings.isEmpty()
          ? new SentenceNearness.Measured(Optional.empty(), problem)
          : embeddings.get().sentences(question, sentences);
    }
  }

  /**
   * With the model that was added, if one was. Blocks while it is loaded, which is done once; what
   * could not be loaded is tried again by whoever asks next.
   *
   * @param cache where the machine keeps what can be made again
   */
  public static Loaded load(Path cache) throws InterruptedException {
    return load(cache, EmbeddingModel::added);
  }

  static Loaded load(Path cache, Supplier<Optional<EmbeddingModel.Provider>> added)
      throws InterruptedException {
    Path folder = cache.resolve("embeddings");
    synchronized (LOADED) {
      Loaded known = LOADED.get(folder);
      if (known != null) {
        return known;
      }
      Loaded loaded = loadInto(folder, added);
      if (loaded.problem().isEmpty()) {
        LOADED.put(folder, loaded);
      } else if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return loaded;
    }
  }

  /** Whether a model was added, whatever may be wrong with it: that {@link #load} says. */
  public static boolean isAdded() {
    return isAdded(EmbeddingModel::added);
  }

  static boolean isAdded(Supplier<Optional<EmbeddingModel.Provider>> added) {
    try {
      return added.get().isPresent();
    } catch (ServiceConfigurationError _) {
      return true;
    }
  }

  /** Whatever is wrong with a model is no reason to answer nobody. */
  private static Loaded loadInto(Path folder, Supplier<Optional<EmbeddingModel.Provider>> added) {
    try {
      Optional<EmbeddingModel.Provider> provider = added.get();
      return provider.isEmpty()
          ? new Loaded(Optional.empty(), Optional.empty())
          : new Loaded(Optional.of(of(provider.get().load(folder), folder)), Optional.empty());
    } catch (IOException | RuntimeException | ServiceConfigurationError e) {
      return new Loaded(
          Optional.empty(), Optional.of("the embedding model cannot be loaded: " + why(e)));
    }
  }

  /**
   * @param cache where the vectors of files are kept
   */
  public static Embeddings of(EmbeddingModel model, Path cache) {
    return new Embeddings(model, new VectorCache(cache.resolve("vectors")));
  }

  /** To measure how near files are to what is asked. */
  public Nearness to(String question) {
    return new Nearness(this, asked(question));
  }

  /** To find files that begin as if they spoke of what is asked. */
  public Beginnings beginnings(String question) {
    return new Beginnings(this, asked(question));
  }

  /** The direction of its clauses together, of length 1. */
  private float[] asked(String question) {
    return Vectors.together(Clauses.of(question).stream().map(model::embed).toList());
  }

  /** How near sentences are to what is asked. A model that fails is no reason to answer nobody. */
  SentenceNearness.Measured sentences(String question, Collection<String> sentences)
      throws InterruptedException {
    var cosines = new HashMap<String, SentenceNearness.Cosines>();
    try {
      float[] asked = asked(question);
      float[] whole = model.embed(question);
      for (String each : sentences) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        cosines.computeIfAbsent(
            each,
            _ -> {
              float[] vector = model.embed(each);
              return new SentenceNearness.Cosines(
                  Vectors.cosine(vector, asked), Vectors.cosine(vector, whole));
            });
      }
    } catch (RuntimeException e) {
      return new SentenceNearness.Measured(Optional.empty(), Optional.of(why(e)));
    }
    return new SentenceNearness.Measured(
        Optional.of(new SentenceNearness(cosines)), Optional.empty());
  }

  private static String why(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Of a file's summary, which follows from its path and content as all here does. */
  float[] summary(Source source, String sha256) {
    return kept("summary", source, sha256, () -> FileSummary.of(source));
  }

  /** Of the pieces of a file's beginning, at least one. */
  List<float[]> pieces(Source source, String sha256) {
    List<String> pieces = FileSummary.pieces(source);
    var vectors = new ArrayList<float[]>();
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i);
      vectors.add(kept("piece " + i, source, sha256, () -> piece));
    }
    return vectors;
  }

  /** Of a file's first words. */
  float[] firstWords(Source source, String sha256) {
    return kept(FIRST_WORDS, source, sha256, () -> FileSummary.firstWords(source));
  }

  /** The same, if it was computed before and is still there. */
  Optional<float[]> keptFirstWords(String path, String sha256) {
    return cache.find(key(FIRST_WORDS, path, sha256), model.dimensions());
  }

  private float[] kept(String what, Source source, String sha256, Supplier<String> text) {
    String key = key(what, source.path(), sha256);
    return cache
        .find(key, model.dimensions())
        .orElseGet(() -> {
          float[] vector = model.embed(text.get());
          cache.keep(key, vector);
          return vector;
        });
  }

  private String key(String what, String path, String sha256) {
    return Sha256.of(
        String.join("\n", model.id(), FileSummary.VERSION, Source.VERSION, what, path, sha256));
  }
}
