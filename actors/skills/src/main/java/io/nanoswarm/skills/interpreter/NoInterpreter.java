package io.nanoswarm.skills.interpreter;

/** No interpreter of this machine will do; the message says which there are, and where. */
public final class NoInterpreter extends Exception {
  NoInterpreter(String message) {
    super(message);
  }
}
