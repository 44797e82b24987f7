package io.nanoswarm.offline.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.workspace.Manifest;
import io.nanoswarm.workspace.ManifestJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace on a machine that does not have its folder. */
class WorkspaceCopyTest {
  @TempDir Path folder;
  private Path shop;
  private Path cache;
  private FileArtifactStore artifacts;
  private Manifest manifest;

  @BeforeEach
  void aWorkspace() throws Exception {
    shop = Files.createDirectories(folder.resolve("shop/src"));
    Files.writeString(shop.resolve("Cart.java"), "class Cart {}\n");
    shop = shop.getParent();
    Files.writeString(shop.resolve("README.md"), "# Shop — größer\n");
    cache = folder.resolve("cache");
    artifacts = new FileArtifactStore(folder.resolve("artifacts"));
    manifest = new WorkspaceScan(Set.of()).scan(shop, FileChoice.ALL);
  }

  private Workspace taken(@Nullable ArtifactRef copy) throws IOException {
    return new Workspace(shop.toString(), artifacts.put(ManifestJson.write(manifest)), 2, 20, copy);
  }

  private void loseTheFolder() throws IOException {
    Files.move(shop, folder.resolve("elsewhere"));
  }

  @Test
  void a_folder_that_is_here_is_used_as_it_is() throws Exception {
    var copy = artifacts.put(WorkspaceCopy.pack(shop, manifest));

    assertThat(OpenWorkspace.open(taken(copy), artifacts, cache).root()).isEqualTo(shop);
    assertThat(cache).doesNotExist();
  }

  @Test
  void a_folder_that_is_not_here_is_unpacked_with_the_same_files_once() throws Exception {
    var workspace = taken(artifacts.put(WorkspaceCopy.pack(shop, manifest)));
    loseTheFolder();

    var opened = OpenWorkspace.open(workspace, artifacts, cache);
    var again = OpenWorkspace.open(workspace, artifacts, cache);

    assertThat(opened.root().resolve("README.md")).hasContent("# Shop — größer");
    assertThat(opened.root().resolve("src/Cart.java")).hasContent("class Cart {}");
    assertThat(again.root()).isEqualTo(opened.root());
    assertThat(new WorkspaceScan(Set.of()).scan(opened.root(), FileChoice.ALL).files())
        .isEqualTo(manifest.files());
    try (var left = Files.list(cache.resolve("workspaces"))) {
      assertThat(left).containsExactly(opened.root());
    }
  }

  @Test
  void the_same_files_make_the_same_bytes() throws Exception {
    byte[] first = WorkspaceCopy.pack(shop, manifest);
    Files.setLastModifiedTime(
        shop.resolve("README.md"), java.nio.file.attribute.FileTime.fromMillis(5));

    assertThat(WorkspaceCopy.pack(shop, manifest)).isEqualTo(first);
  }

  @Test
  void a_folder_that_is_not_here_and_was_not_copied_is_said_to_be_missing() throws Exception {
    var workspace = taken(null);
    loseTheFolder();

    assertThatThrownBy(() -> OpenWorkspace.open(workspace, artifacts, cache))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(shop + " is not on this machine")
        .hasMessageContaining("NANOSWARM_COPY_WORKSPACE");
  }

  @Test
  void nothing_is_written_outside_the_folder() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../evil.txt"));
      zip.write(1);
      zip.closeEntry();
    }
    var workspace = taken(artifacts.put(bytes.toByteArray()));
    loseTheFolder();

    assertThatThrownBy(() -> OpenWorkspace.open(workspace, artifacts, cache))
        .hasMessageContaining("outside its folder: ../../evil.txt");
    try (var left = Files.list(cache.resolve("workspaces"))) {
      assertThat(left).isEmpty();
    }
    assertThat(cache.resolve("evil.txt")).doesNotExist();
  }
}
