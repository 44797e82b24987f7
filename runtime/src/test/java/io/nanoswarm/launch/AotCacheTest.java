package io.nanoswarm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
  @TempDir Path folder;
  private Path jar;
  private String classPath;

  @BeforeEach
  void write() throws Exception {
    jar = Files.writeString(folder.resolve("a.jar"), "a");
    var other = Files.writeString(folder.resolve("b.jar"), "b");
    classPath = jar + File.pathSeparator + other;
    var training = AotCache.at(folder, classPath).orElseThrow();
    assertThat(training.find()).isEmpty();
  }

  @Test
  void isFoundForExactlyTheJarsItWasMadeFrom() throws Exception {
    var cache = Files.createFile(folder.resolve(nameOfCache()));
    assertThat(find()).contains(cache);
    Files.writeString(jar, "longer");
    assertThat(find()).isEmpty();
  }

  @Test
  void oneThatIsHalfMadeIsNotFound() throws Exception {
    Files.createFile(folder.resolve(nameOfCache() + ".1.tmp"));
    assertThat(find()).isEmpty();
  }

  @Test
  void thereIsNoneForFoldersOfClasses() {
    assertThat(AotCache.at(folder, classPath + File.pathSeparator + folder)).isEmpty();
  }

  private Optional<Path> find() {
    return AotCache.at(folder, classPath).orElseThrow().find();
  }

  private String nameOfCache() {
    return AotCache.at(folder, classPath).orElseThrow().file().getFileName().toString();
  }
}
