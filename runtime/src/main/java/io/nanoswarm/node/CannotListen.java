package io.nanoswarm.node;

import io.nanoswarm.client.UserError;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** Tells from a failed start that an address could not be bound. */
final class CannotListen {
  private CannotListen() {}

  /** What to tell the user, if that is what it was. */
  static Optional<UserError> in(Throwable failure) {
    String place = "";
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message = each.getMessage() == null ? "" : each.getMessage();
      int from = message.indexOf("[/");
      if (from >= 0 && message.indexOf(']', from) > from) {
        place = message.substring(from + 2, message.indexOf(']', from));
      }
      if (each instanceof BindException || each instanceof UnresolvedAddressException) {
        return Optional.of(
            UserError.environment(
                "the node cannot listen on %s: %s"
                    .formatted(
                        place.isEmpty() ? "its address" : place,
                        message.isEmpty() ? "no such address" : reason(message)),
                "another program may have the port, or it is no address of this machine: choose"
                    + " others with --host and --port, or NANOSWARM_ENDPOINT_HOST and"
                    + " NANOSWARM_ENDPOINT_PORT for the endpoint"));
      }
    }
    return Optional.empty();
  }

  private static String reason(String message) {
    return message.substring(message.indexOf(']') + 1).strip();
  }
}
