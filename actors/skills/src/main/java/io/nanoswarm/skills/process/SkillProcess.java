package io.nanoswarm.skills.process;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of a skill, from its start to its end, and the calls that it has been sent.
 *
 * <p>Guarantees: each call is answered once: by the process, or with the reason of its end when
 * nothing of it is left. A process that breaks the protocol or a limit is killed. No method blocks.
 */
final class SkillProcess {
  private static final Logger LOG = LoggerFactory.getLogger(SkillProcess.class);

  /** On the way to the process: the end of its standard input. */
  private static final String END = "";

  /** For what the process has written to arrive, after nothing of it is left. */
  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(5);

  private final SkillName skill;
  private final Child child;
  private final ProcessLimits limits;
  private final Duration grace;
  private final Thread reading;
  private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>();
  private final Map<Long, Exchange> running = new HashMap<>();
  private final Tail stderr = new Tail();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong writtenToStderr = new AtomicLong();
  private long lastId;
  private @Nullable Ending ending;

  /**
   * Why a process ends.
   *
   * @param culprit the call that is to blame, if there is one
   * @param others what comes of all the other calls
   */
  private record Ending(
      @Nullable Exchange culprit, SkillResult.Failed its, SkillResult.Failed others) {
    static Ending forAll(SkillResult.Failed failed) {
      return new Ending(null, failed, failed);
    }

    SkillResult.Failed of(Exchange call) {
      return call.equals(culprit) ? its : others;
    }
  }

  private SkillProcess(SkillName skill, Child child, ProcessLimits limits, Duration grace) {
    this.skill = skill;
    this.child = child;
    this.limits = limits;
    this.grace = grace;
    this.reading = thread("out", this::readAnswers);
  }

  /**
   * @param grace from the end of its standard input to killing it
   */
  static SkillProcess start(
      SkillName skill, Child.Order order, ProcessLimits limits, Duration grace) throws IOException {
    var process = new SkillProcess(skill, Child.start(order), limits, grace);
    process.reading.start();
    process.thread("err", process::readStderr).start();
    process.thread("in", process::write).start();
    var _ =
        process
            .child
            .onEnd()
            .thenAccept(code -> process.thread("end", () -> process.onEnd(code)).start());
    return process;
  }

  private Thread thread(String what, Runnable work) {
    return Thread.ofVirtual().name("skill-%s-%s".formatted(skill, what)).unstarted(work);
  }

  /** Completes when nothing of it is left. */
  CompletionStage<Integer> onGone() {
    return child.onEnd();
  }

  long pid() {
    return child.pid();
  }

  synchronized boolean isOver() {
    return ending != null;
  }

  /**
   * Sends a call, unless the process is over: then it says why, and the call was not sent.
   *
   * @param timeLimit what the process is told that it has
   */
  SkillResult.@Nullable Failed call(SkillCall call, Duration timeLimit, Exchange exchange) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("call", skill.value());
    request.set("arguments", call.arguments());
    request.put("time_limit_ms", timeLimit.toMillis());
    request.put("workspace", call.workspace().toString());
    if (call.traceparent() != null) {
      request.put("traceparent", call.traceparent());
    }
    return send(request, exchange);
  }

  /** Asks what the skill is: its name, description and parameters. */
  SkillResult.@Nullable Failed describe(Exchange exchange) {
    return send(JsonNodeFactory.instance.objectNode().put("describe", true), exchange);
  }

  private synchronized SkillResult.@Nullable Failed send(ObjectNode request, Exchange exchange) {
    if (ending != null) {
      return ending.others();
    }
    if (running.isEmpty()) {
      forgetWhatWasWritten();
    }
    running.put(++lastId, exchange);
    outgoing.add(request.put("id", lastId).toString());
    return null;
  }

  /** Asks the process to stop working on a call. */
  synchronized void cancel(Exchange exchange) {
    running.forEach((id, each) -> {
      if (each.equals(exchange)) {
        var request = JsonNodeFactory.instance.objectNode().put("id", id).put("cancel", true);
        outgoing.add(request.toString());
      }
    });
  }

  /** Kills the process, since a call has taken too long. */
  void overdue(Exchange exchange, Duration limit) {
    kill(
        exchange,
        failed(
            Cause.TIMED_OUT, "did not answer within %s, and was killed".formatted(seconds(limit))),
        "was killed, since another call took too long");
  }

  /** Kills the process, since it goes on with a call that nobody waits for. */
  void abandoned(Exchange exchange) {
    kill(
        exchange,
        failed(Cause.ENDED, "was killed, since the attempt that called it is over"),
        "was killed, since another call did not end with its attempt");
  }

  private void kill(Exchange culprit, SkillResult.Failed its, String others) {
    synchronized (this) {
      if (!running.containsValue(culprit)) {
        return;
      }
    }
    end(new Ending(culprit, its, failed(Cause.ENDED, others)));
  }

  /** Ends it in order: it may end what it does at the end of its standard input. Idempotent. */
  void close() {
    var closed = Ending.forAll(failed(Cause.ENDED, "was ended, since its agent has ended"));
    synchronized (this) {
      if (running.isEmpty() && ending == null) {
        ending = closed;
        outgoing.add(END);
        var kill =
            ForkJoinPool.commonPool()
                .schedule(child::kill, grace.toMillis(), TimeUnit.MILLISECONDS);
        var _ = child.onEnd().thenAccept(_ -> kill.cancel(false));
        return;
      }
    }
    end(closed);
  }

  private void end(Ending why) {
    synchronized (this) {
      if (ending == null) {
        ending = why;
        LOG.debug("skill [{}] process [{}] is killed: {}", skill, child.pid(), why.its().reason());
      }
    }
    child.kill();
  }

  private void onEnd(int exitCode) {
    try {
      reading.join(DRAINED_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    List<Exchange> left;
    Ending why;
    synchronized (this) {
      if (ending == null) {
        ending = Ending.forAll(exited(exitCode));
      }
      why = ending;
      left = List.copyOf(running.values());
      running.clear();
      outgoing.add(END);
    }
    left.forEach(each -> each.result().complete(why.of(each)));
  }

  private SkillResult.Failed exited(int exitCode) {
    String said = stderr.text();
    boolean outOfMemory =
        limits.memory() > 0
            && (said.contains("MemoryError")
                || said.contains("Cannot allocate memory")
                || said.contains("bad_alloc")
                || said.contains("out of memory"));
    if (outOfMemory) {
      return failed(
          Cause.LIMIT,
          "ended with exit code %d, since it needs more memory than the %s it may have"
              .formatted(exitCode, size(limits.memory())));
    }
    return failed(Cause.ENDED, "ended with exit code %d before it answered".formatted(exitCode));
  }

  private void write() {
    try (var stdin = child.stdin()) {
      for (String next = outgoing.take(); !next.equals(END); next = outgoing.take()) {
        stdin.write((next + "\n").getBytes(StandardCharsets.UTF_8));
        stdin.flush();
      }
    } catch (IOException e) {
      // It reads no more: either it has ended, or its calls will take too long.
      LOG.debug("skill [{}] process [{}] reads no more: {}", skill, child.pid(), e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAnswers() {
    var line = new ByteArrayOutputStream();
    var buffer = new byte[8192];
    try (InputStream stdout = child.stdout()) {
      for (int read = stdout.read(buffer); read >= 0; read = stdout.read(buffer)) {
        if (written.addAndGet(read) > limits.output()) {
          end(Ending.forAll(flooded("stdout")));
          return;
        }
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n') {
            onLine(line.toString(StandardCharsets.UTF_8));
            line.reset();
          } else {
            line.write(buffer[i]);
          }
        }
      }
      if (line.size() > 0) {
        onLine(line.toString(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      end(Ending.forAll(failed(Cause.ENDED, "cannot be read: " + e.getMessage())));
    }
  }

  private void readStderr() {
    var buffer = new byte[8192];
    try (InputStream err = child.stderr()) {
      for (int read = err.read(buffer); read >= 0; read = err.read(buffer)) {
        stderr.add(buffer, read);
        if (writtenToStderr.addAndGet(read) > limits.output()) {
          end(Ending.forAll(flooded("stderr")));
          return;
        }
      }
    } catch (IOException e) {
      LOG.debug("skill [{}] stderr of [{}]: {}", skill, child.pid(), e.getMessage());
    }
  }

  private SkillResult.Failed flooded(String stream) {
    return failed(
        Cause.LIMIT,
        "wrote more than %s to %s for one call, and was killed"
            .formatted(size(limits.output()), stream));
  }

  private void onLine(String line) {
    if (line.isBlank()) {
      return;
    }
    switch (Answer.read(line)) {
      case Answer.Final(long id, SkillResult result) -> onFinal(id, result);
      case Answer.Progress(long id, String text) -> onProgress(id, text);
      case Answer.Log(String text) -> LOG.info("skill [{}]: {}", skill, text);
      case Answer.Garbled(String why) -> garbled("wrote " + why);
    }
  }

  private void onFinal(long id, SkillResult result) {
    Exchange answered;
    synchronized (this) {
      if (ending != null && !running.containsKey(id)) {
        return;
      }
      answered = running.remove(id);
      forgetWhatWasWritten();
    }
    if (answered == null) {
      nobodyAsked(id);
    } else {
      answered.result().complete(result);
    }
  }

  private void onProgress(long id, String text) {
    Exchange about;
    synchronized (this) {
      about = running.get(id);
    }
    if (about == null) {
      nobodyAsked(id);
    } else {
      about.progress().accept(text);
    }
  }

  private void nobodyAsked(long id) {
    boolean made;
    synchronized (this) {
      made = id > 0 && id <= lastId;
    }
    garbled(
        made
            ? "answered call %d twice".formatted(id)
            : "answered call %d, which was not made".formatted(id));
  }

  private void garbled(String what) {
    end(Ending.forAll(failed(Cause.PROTOCOL, what + ", and was killed")));
  }

  private void forgetWhatWasWritten() {
    written.set(0);
    writtenToStderr.set(0);
  }

  private SkillResult.Failed failed(Cause cause, String what) {
    return new SkillResult.Failed(
        cause, "the process of skill %s %s%s".formatted(skill, what, stderr.remark("Its stderr")));
  }

  static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  private static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }
}
