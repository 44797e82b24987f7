package io.nanoswarm.embeddings;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.nanoswarm.offline.embedding.EmbeddingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Loads {@link MiniLm} with the native library for this machine. Found by {@link
 * java.util.ServiceLoader}.
 */
public final class MiniLmProvider implements EmbeddingModel.Provider {
  private static final String WHERE_LIBRARIES_ARE = "onnxruntime.native.path";
  private static final String LIBRARIES = "ai/onnxruntime/native/";

  public MiniLmProvider() {}

  @Override
  public EmbeddingModel load(Path cache) throws IOException {
    String system = system(System.getProperty("os.name"), System.getProperty("os.arch"));
    String version = OrtEnvironment.class.getPackage().getImplementationVersion();
    Path folder = cache.resolve("onnxruntime-" + version);
    var unpacked = new Unpacked(folder);
    try {
      for (String library : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
        var _ = unpacked.file(LIBRARIES + system + "/" + System.mapLibraryName(library));
      }
      System.setProperty(WHERE_LIBRARIES_ARE, folder.toString());
      return MiniLm.load(new Unpacked(cache.resolve(MiniLm.ID)));
    } catch (OrtException | LinkageError e) {
      throw new IOException(
          "ONNX Runtime %s does not run on %s: %s".formatted(version, system, e.getMessage()), e);
    }
  }

  /** As ONNX Runtime names systems. */
  static String system(String name, String architecture) {
    String os = name.toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "osx" : os.startsWith("windows") ? "win" : "linux")
        + (architecture.equals("aarch64") ? "-aarch64" : "-x64");
  }
}
