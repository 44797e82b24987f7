package io.nanoswarm.skills.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Python package of one module, {@code tiny}, that knows its own version. */
final class TinyWheel {
  private TinyWheel() {}

  static void write(Path folder, String version) throws IOException {
    String info = "tiny-%s.dist-info/".formatted(version);
    var files = new TreeMap<String, String>();
    files.put("tiny.py", "VERSION = '%s'\n".formatted(version));
    files.put(
        info + "METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: %s\n".formatted(version));
    files.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "entry_points.txt", "[console_scripts]\ntiny = tiny:VERSION.strip\n");
    var record = new StringBuilder();
    files.keySet().forEach(name -> record.append(name).append(",,\n"));
    files.put(info + "RECORD", record.append(info).append("RECORD,,\n").toString());
    Files.createDirectories(folder);
    Path wheel = folder.resolve("tiny-%s-py3-none-any.whl".formatted(version));
    try (OutputStream out = Files.newOutputStream(wheel);
        var zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> each : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
