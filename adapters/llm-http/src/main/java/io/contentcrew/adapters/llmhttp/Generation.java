package io.contentcrew.adapters.llmhttp;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Completion.Timings;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.TextSink;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call of a generator, with all its tries. For one thread. */
final class Generation {
  /** Carries what the sink threw through all that must not take it for its own. */
  private static final class SinkFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SinkFailure(Throwable thrown) {
      super(null, thrown, false, false);
    }
  }

  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.llmhttp");

  private final Shared shared;
  private final LlmHttpConfig config;
  private final Dialect dialect;
  private final Pool pool;
  private final Prompt prompt;
  private final TextSink sink;
  private final long start = System.nanoTime();
  private final Set<Endpoint> lacking = new HashSet<>();
  private long queued;
  private long paused;
  private int failures;
  private boolean waited;
  private boolean staleBefore;
  private boolean fetched;
  private @Nullable AnswerException last;

  Generation(Shared shared, Prompt prompt, TextSink sink) {
    this.shared = shared;
    this.config = shared.config();
    this.dialect = shared.dialect();
    this.pool = shared.pool();
    this.prompt = prompt;
    this.sink = sink;
  }

  Completion run() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      while (true) {
        Endpoint endpoint = choose();
        if (endpoint != null) {
          Completion completion = at(endpoint);
          if (completion != null) {
            return completion;
          }
        }
      }
    } catch (SinkFailure e) {
      throw Generation.<RuntimeException>unchanged(Objects.requireNonNull(e.getCause()));
    }
  }

  /** The server for the next try; null when it is worth choosing again. */
  private @Nullable Endpoint choose() throws InterruptedException {
    try {
      return pool.choose(prompt.model(), lacking);
    } catch (AnswerException e) {
      boolean begun = last != null || waited;
      if (e.fault() != ModelFault.CIRCUIT_OPEN || !begun) {
        throw exception(e);
      }
      AnswerException first = last != null ? last : e;
      pauseOrGiveUp(first, e.retryAfter().orElse(config.breakerPause()));
      return null;
    }
  }

  /** Waits for a place there, and asks; null when another try is due. */
  private @Nullable Completion at(Endpoint endpoint) throws InterruptedException {
    long before = System.nanoTime();
    boolean inLine = endpoint.gate().enter(this::tellQueued);
    if (inLine) {
      queued += System.nanoTime() - before;
      waited = true;
    }
    AnswerException failure;
    try {
      if (inLine && endpoint.breaker().isOpen()) {
        return null; // it failed while we stood in line
      }
      return ask(endpoint);
    } catch (Attempt.StaleConnection e) {
      return null;
    } catch (AnswerException e) {
      failure = e;
    } finally {
      endpoint.gate().leave();
    }
    if (failure.fault() == ModelFault.MODEL_MISSING) {
      lacks(endpoint, failure);
    } else {
      last = failure;
      pauseOrGiveUp(failure, backoff(failure));
    }
    return null;
  }

  private @Nullable Completion ask(Endpoint endpoint)
      throws InterruptedException, AnswerException, Attempt.StaleConnection {
    Attempt attempt = new Attempt(shared, endpoint, prompt, this::pass);
    try {
      Answer answer = attempt.run(timeLeft());
      endpoint.breaker().succeeded();
      return completion(answer, attempt);
    } catch (Attempt.StaleConnection e) {
      if (staleBefore) {
        throw lost(endpoint, e);
      }
      staleBefore = true; // once, and at no cost: it says nothing of the server
      throw e;
    } catch (AnswerException e) {
      judge(endpoint, e);
      if (attempt.hasToken()) {
        throw exception(e); // the reader has seen the beginning: no other try can go on from there
      }
      throw e;
    }
  }

  private AnswerException lost(Endpoint endpoint, Attempt.StaleConnection cause) {
    endpoint.breaker().failed();
    return new AnswerException(
        ModelFault.UNREACHABLE,
        dialect.product()
            + " at "
            + endpoint
            + " cannot be reached (it closes its connections). "
            + dialect.whenAway(),
        cause);
  }

  private static void judge(Endpoint endpoint, AnswerException e) {
    if (e.fault() == ModelFault.UNREACHABLE && Attempt.isRefusal(e.getCause())) {
      endpoint.breaker().refused();
    } else if (e.countsAgainstServer()) {
      endpoint.breaker().failed();
    } else if (e.fault() != ModelFault.TOTAL_TIMEOUT) {
      endpoint.breaker().succeeded();
    }
  }

  /** The server does not have the model: another may, or it may be fetched. */
  private void lacks(Endpoint endpoint, AnswerException failure) throws InterruptedException {
    lacking.add(endpoint);
    pool.forget(endpoint);
    if (lacking.size() < pool.endpoints().size()) {
      return;
    }
    if (!fetched && dialect.fetch(prompt.model(), endpoint)) {
      fetched = true;
      lacking.remove(endpoint);
      return;
    }
    throw exception(pool.endpoints().size() == 1 ? failure : pool.missing(prompt.model()));
  }

  /** How long to wait before the next try. */
  private Duration backoff(AnswerException failure) {
    long most = config.retries().backoff().toNanos() << Math.min(failures, 10);
    Duration jitter =
        most <= 0 ? Duration.ZERO : Duration.ofNanos(ThreadLocalRandom.current().nextLong(most));
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    return asked.compareTo(jitter) > 0 ? asked : jitter;
  }

  private void pauseOrGiveUp(AnswerException failure, Duration pause) throws InterruptedException {
    failures++;
    boolean over =
        shared.watch().isClosed()
            || !(failure.mayPass() || failure.fault() == ModelFault.CIRCUIT_OPEN)
            || failures >= config.retries().tries()
            || paused + pause.toNanos() > config.retries().budget().toNanos()
            || pause.compareTo(timeLeft()) > 0;
    if (over) {
      throw exception(failure);
    }
    LOG.log(
        System.Logger.Level.DEBUG,
        "try {0} of {1} failed: {2}; next in {3}",
        failures,
        config.retries().tries(),
        failure.fault(),
        pause);
    paused += pause.toNanos();
    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
  }

  /** What is left of the time for the whole call, in which standing in line does not count. */
  private Duration timeLeft() {
    long spent = System.nanoTime() - start - queued;
    return config.timeouts().total().minusNanos(spent);
  }

  private void pass(String piece) {
    try {
      sink.text(piece);
    } catch (Throwable e) {
      throw new SinkFailure(e);
    }
  }

  private void tellQueued(int ahead) {
    try {
      sink.queued(ahead);
    } catch (Throwable e) {
      throw new SinkFailure(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchanged(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private Completion completion(Answer answer, Attempt attempt) {
    boolean told =
        !(answer.load().isZero() && answer.prefill().isZero() && answer.decode().isZero());
    Timings timings =
        new Timings(
            Duration.ofNanos(queued),
            answer.load(),
            told ? answer.prefill() : attempt.untilFirstToken(),
            told ? answer.decode() : attempt.sinceFirstToken(),
            Duration.ofNanos(System.nanoTime() - start),
            failures);
    ModelName model = answer.model().map(Generation::nameOrNull).orElse(prompt.model());
    return new Completion(model, Objects.requireNonNull(answer.finish()), answer.tokens(), timings);
  }

  /** A server may call its model what it likes; what is no name is not shown. */
  private static @Nullable ModelName nameOrNull(String name) {
    try {
      return new ModelName(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The exception for the caller. */
  private PortException exception(AnswerException failure) {
    String words =
        failure.serverWords().map(w -> ServerWords.quote(w, prompt, shared.secrets())).orElse("");
    String message = failure.message() + words;
    message += message.endsWith(".") ? "" : ".";
    if (failures > 1) {
      message += " Tried " + failures + " times.";
    }
    ModelFault fault = failure.fault();
    return switch (fault) {
      case UNREACHABLE,
          BUSY,
          CIRCUIT_OPEN,
          FIRST_TOKEN_TIMEOUT,
          STALLED,
          TOTAL_TIMEOUT,
          INCOMPLETE ->
          new ModelUnavailableException(
              fault, message, failure.getCause(), failure.retryAfter().orElse(null));
      case MODEL_MISSING, REJECTED, MODEL_ERROR, PROTOCOL, EMPTY, TOO_LARGE ->
          new ModelFailureException(fault, message, failure.getCause());
    };
  }
}
