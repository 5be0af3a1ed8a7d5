package io.contentcrew.adapters.llmhttp;

import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.generation.ModelFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One try of a call at one server. For one thread. */
final class Attempt {
  private static final long MAX_REFUSAL = 64 << 10;

  /** A server was reached on a connection that it had closed in the meantime. */
  static final class StaleConnection extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final Shared shared;
  private final LlmHttpConfig config;
  private final Dialect dialect;
  private final Endpoint endpoint;
  private final Prompt prompt;
  private final Consumer<String> sink;
  private final Answer answer = new Answer();
  private final Line line = new Line();
  private final long start = System.nanoTime();
  private @Nullable AnswerReader reader;

  Attempt(Shared shared, Endpoint endpoint, Prompt prompt, Consumer<String> sink) {
    this.shared = shared;
    this.config = shared.config();
    this.dialect = shared.dialect();
    this.endpoint = endpoint;
    this.prompt = prompt;
    this.sink = sink;
  }

  /**
   * Asks, and passes the text on.
   *
   * @param left the time there is for it
   * @return the answer, which has finished
   */
  Answer run(Duration left) throws InterruptedException, AnswerException, StaleConnection {
    Request request =
        endpoint
            .request(dialect.chatPath(), dialect.question(prompt, endpoint))
            .newBuilder()
            .tag(Line.class, line)
            .build();
    Call call = shared.client().newCall(request);
    try (Watched watched = shared.watch().begin(call, start + left.toNanos())) {
      watched.awaitUntil(
          System.nanoTime() + config.timeouts().firstToken().toNanos(), Watched.Cut.NO_FIRST_TOKEN);
      try {
        exchange(call, watched);
      } catch (IOException e) {
        if (answer.finish() == null) { // else only the counts are lost
          throw failure(e, watched.cut());
        }
      }
    }
    return checked();
  }

  private void exchange(Call call, Watched watched)
      throws IOException, InterruptedException, AnswerException {
    Response response = call.execute();
    boolean whole = false;
    try {
      if (response.code() != 200) {
        throw dialect.refusal(endpoint.reply(response, MAX_REFUSAL), prompt.model(), endpoint);
      }
      stream(response, watched);
      whole = true;
    } finally {
      if (!whole) {
        call.cancel(); // before the response is closed, which would read on for a while
      }
      response.close();
    }
  }

  private void stream(Response response, Watched watched)
      throws IOException, InterruptedException, AnswerException {
    String type = header(response, "Content-Type");
    if (!dialect.understands(type)) {
      throw new AnswerException(
          ModelFault.PROTOCOL,
          "What answers at "
              + endpoint
              + " is not "
              + dialect.product()
              + ": it sent "
              + (type.isEmpty() ? "no content type" : type)
              + ". Correct the address");
    }
    boolean chunked = header(response, "Transfer-Encoding").contains("chunked");
    AnswerReader fresh =
        new AnswerReader(
            dialect.decoder(type),
            answer,
            sink,
            watched,
            shared.pacing(),
            config,
            new ReadAhead(response.body().byteStream(), line.tap(), chunked));
    reader = fresh;
    shared.pacing().begin();
    try {
      fresh.read();
    } finally {
      shared.pacing().end();
    }
  }

  private static String header(Response response, String name) {
    String value = response.header(name);
    return value == null ? "" : value.toLowerCase(Locale.ROOT);
  }

  private Answer checked() throws AnswerException {
    Finish finish = answer.finish();
    if (finish == null) {
      throw new AnswerException(
          ModelFault.INCOMPLETE,
          "The answer of "
              + endpoint
              + " ended after "
              + lines()
              + " lines without the sign of its end");
    }
    if (reader == null || reader.isBlank()) {
      throw new AnswerException(
          ModelFault.EMPTY,
          finish == Finish.LENGTH
              ? "The model used up all its tokens and wrote no text. Allow more, or ask another"
                  + " model"
              : "The model ended its answer without any text. Ask again with another seed, or"
                  + " another model");
    }
    return answer;
  }

  /** What an error of the connection means, by when it came and who caused it. */
  private AnswerException failure(IOException e, Watched.@Nullable Cut cut)
      throws InterruptedException, StaleConnection {
    if (Thread.interrupted() || cut == Watched.Cut.INTERRUPTED) {
      throw new InterruptedException();
    }
    if (cut != null) {
      return cutOff(cut);
    }
    if (line.wasStale()) {
      shared.client().connectionPool().evictAll(); // the others of its time are stale as well
      throw new StaleConnection();
    }
    if (e instanceof ProtocolException && !"unexpected end of stream".equals(e.getMessage())) {
      return new AnswerException(
          ModelFault.PROTOCOL, "What " + endpoint + " sent is no proper HTTP", e);
    }
    if (hasToken()) {
      return new AnswerException(
          ModelFault.INCOMPLETE,
          "The connection to " + endpoint + " was lost in the middle of the answer",
          e);
    }
    return new AnswerException(
        ModelFault.UNREACHABLE,
        dialect.product()
            + " at "
            + endpoint
            + " cannot be reached ("
            + reason(e)
            + "). "
            + dialect.whenAway(),
        e);
  }

  private AnswerException cutOff(Watched.Cut cut) {
    LlmHttpConfig.Timeouts timeouts = config.timeouts();
    return switch (cut) {
      case NO_FIRST_TOKEN ->
          new AnswerException(
              ModelFault.FIRST_TOKEN_TIMEOUT,
              "No token came from "
                  + endpoint
                  + " within "
                  + seconds(timeouts.firstToken())
                  + ". The model may be loading, or too large for its machine; look there, or"
                  + " allow more time");
      case NO_FURTHER_TOKEN ->
          new AnswerException(
              ModelFault.STALLED,
              "No further token came from "
                  + endpoint
                  + " within "
                  + seconds(timeouts.tokenGap())
                  + ". Look at its machine, or allow more time between tokens");
      case TOTAL ->
          new AnswerException(
              ModelFault.TOTAL_TIMEOUT,
              "The answer of "
                  + endpoint
                  + " was not there after "
                  + seconds(timeouts.total())
                  + ". Ask for less, ask a smaller model, or allow more time");
      case CLOSED -> new AnswerException(ModelFault.UNREACHABLE, "The adapter was closed");
      case INTERRUPTED -> throw new IllegalStateException("an interrupt has its own exception");
    };
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1_000 == 0
        ? time.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.3f s", time.toMillis() / 1e3);
  }

  private String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "no such host";
    }
    if (e instanceof SocketTimeoutException) {
      return "no connection within " + seconds(config.timeouts().connect());
    }
    if (e instanceof NoRouteToHostException) {
      return "no route";
    }
    return isRefusal(e) ? "connection refused" : "the connection was lost before the first token";
  }

  /** Whether nobody listens there. */
  static boolean isRefusal(@Nullable Throwable e) {
    return e instanceof ConnectException || e instanceof UnknownHostException;
  }

  boolean hasToken() {
    return reader != null && reader.hasToken();
  }

  long lines() {
    return answer.line();
  }

  /** From the request to the first token. */
  Duration untilFirstToken() {
    return reader == null ? Duration.ZERO : Duration.ofNanos(reader.firstTokenAt() - start);
  }

  /** From the first token until now. */
  Duration sinceFirstToken() {
    return reader == null
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - reader.firstTokenAt());
  }
}
