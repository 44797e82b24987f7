package io.nanoswarm.client;

import org.jspecify.annotations.Nullable;

/**
 * What a data folder tells without opening it.
 *
 * @param version of the program that wrote it last, null if there is nothing yet
 * @param understood whether this program can open what is stored there
 * @param lockedBy pid of the process that holds it, null if none does
 */
public record DataFolderState(
    @Nullable String version, boolean understood, @Nullable Long lockedBy) {}
