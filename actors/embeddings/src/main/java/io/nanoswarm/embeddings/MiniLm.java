package io.nanoswarm.embeddings;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nanoswarm.offline.embedding.EmbeddingModel;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * all-MiniLM-L6-v2 with weights of eight bits: the mean of the vectors of all word pieces, of
 * length 1 (Reimers and Gurevych 2019; Wang et al. 2020).
 *
 * <p>Guarantees: one thread, so that a text has the same vector however many cores there are.
 * Processors that multiply small numbers in other ways may give slightly different ones.
 */
final class MiniLm implements EmbeddingModel {
  static final String ID = "all-minilm-l6-v2-q";

  /** Of more, the model was not shown in its training. */
  private static final int MOST_PIECES = 256;

  private static final int DIMENSIONS = 384;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieces pieces;

  private MiniLm(OrtEnvironment environment, OrtSession session, WordPieces pieces) {
    this.environment = environment;
    this.session = session;
    this.pieces = pieces;
  }

  static MiniLm load(Unpacked unpacked) throws IOException, OrtException {
    var pieces = new WordPieces(vocabulary(unpacked));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      String model = unpacked.file(ID + ".onnx").toString();
      return new MiniLm(environment, environment.createSession(model, options), pieces);
    }
  }

  private static Map<String, Integer> vocabulary(Unpacked unpacked) throws IOException {
    JsonNode tokenizer =
        new ObjectMapper().readTree(unpacked.file(ID + "-tokenizer.json").toFile());
    var vocabulary = new HashMap<String, Integer>();
    tokenizer
        .path("model")
        .path("vocab")
        .properties()
        .forEach(piece -> vocabulary.put(piece.getKey(), piece.getValue().intValue()));
    return vocabulary;
  }

  @Override
  public String id() {
    return ID + " " + MOST_PIECES;
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public float[] embed(String text) {
    long[] ids = pieces.of(text, MOST_PIECES);
    var attended = new long[ids.length];
    Arrays.fill(attended, 1);
    try (OnnxTensor first = tensor(ids);
        OnnxTensor second = tensor(attended);
        OnnxTensor third = tensor(new long[ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", first, "attention_mask", second, "token_type_ids", third))) {
      return mean(result.get(0));
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model failed: " + e.getMessage(), e);
    }
  }

  private OnnxTensor tensor(long[] numbers) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(numbers), new long[] {1, numbers.length});
  }

  private static float[] mean(OnnxValue hidden) throws OrtException {
    float[][] ofPieces = ((float[][][]) hidden.getValue())[0];
    var mean = new float[DIMENSIONS];
    double square = 0;
    for (int i = 0; i < mean.length; i++) {
      for (float[] piece : ofPieces) {
        mean[i] += piece[i];
      }
      square += (double) mean[i] * mean[i];
    }
    double length = StrictMath.sqrt(square);
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (mean[i] / length);
    }
    return mean;
  }
}
