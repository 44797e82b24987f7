package io.nanoswarm.client;

import java.nio.file.Path;

/** Another process holds the data folder. */
public final class DataFolderInUse extends UserError {
  public DataFolderInUse(Path dataFolder) {
    super(
        ExitCode.ENVIRONMENT,
        "data folder " + dataFolder + " is in use by another process that does not answer",
        "end that process, or use another folder with --data DIR");
  }
}
