/**
 * An add-on for the built-in agents: all-MiniLM-L6-v2, a small embedding model, run by ONNX Runtime
 * on this machine without a network.
 */
@NullMarked
package io.nanoswarm.embeddings;

import org.jspecify.annotations.NullMarked;
