package io.nanoswarm.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.serialization.Serialization;
import org.junit.jupiter.api.DynamicTest;

/**
 * What one kind of entity stores, with the examples that releases have written.
 *
 * @param folder of the examples, below {@code src/test/resources}
 * @param serializer its id, as it stands on disk
 */
record StoredFamily(String folder, int serializer) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Stream<DynamicTest> readAndWritten(Serialization serialization) {
    return files().stream()
        .map(file ->
            dynamicTest(
                folder + "/" + file.getFileName(), () -> readAndWrite(serialization, file)));
  }

  Stream<Object> examples(Serialization serialization) {
    return files().stream().map(file -> read(serialization, file));
  }

  /** Without a manifest: no name of a class is needed to read what is stored. */
  private void readAndWrite(Serialization serialization, Path file) throws IOException {
    var stored = read(serialization, file);
    var found = serialization.findSerializerFor(stored);

    assertThat(found.identifier()).isEqualTo(serializer);
    assertThat(JSON.readTree(found.toBinary(stored)))
        .isEqualTo(JSON.readTree(Files.readString(file)));
  }

  private Object read(Serialization serialization, Path file) {
    try {
      return serialization
          .deserialize(Files.readString(file).getBytes(UTF_8), serializer, "")
          .get();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Path> files() {
    try (var files = Files.list(Path.of("src/test/resources", folder))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
