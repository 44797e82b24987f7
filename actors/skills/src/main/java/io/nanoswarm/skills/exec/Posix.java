package io.nanoswarm.skills.exec;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** What the JDK has no method for. */
final class Posix {
  private static final int SIGKILL = 9;
  private static final Optional<MethodHandle> KILL = kill();

  private Posix() {}

  /** Ends all processes of a group at once, if there are any, and if this system can do so. */
  static void killGroup(long group) {
    if (group > 1 && KILL.isPresent()) {
      try {
        var _ = (int) KILL.get().invokeExact((int) -group, SIGKILL);
      } catch (Throwable e) {
        throw new IllegalStateException("kill was not called", e);
      }
    }
  }

  @SuppressWarnings("restricted") // every JVM of ours is started with native access enabled
  private static Optional<MethodHandle> kill() {
    var linker = Linker.nativeLinker();
    var form =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    return linker.defaultLookup().find("kill").map(address -> linker.downcallHandle(address, form));
  }
}
