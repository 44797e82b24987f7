package io.nanoswarm.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.Progress;
import java.io.PrintStream;

/** Every event as one line of JSON, as it crossed the endpoint. */
public final class JsonView implements View {
  private final PrintStream out;

  public JsonView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void waiting(String what) {}

  @Override
  public void show(Progress event) {
    print(out, event);
  }

  @Override
  public void say(String text) {}

  @Override
  public void close() {
    out.flush();
  }

  /** Prints the record as one line of JSON. */
  public static void print(PrintStream out, Object content) {
    try {
      out.println(ApiJson.mapper().writerFor(content.getClass()).writeValueAsString(content));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form: " + content, e);
    }
    out.flush();
  }
}
