package io.contentcrew.bench;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream to its end and notes when each token arrived. For one thread; the thread that
 * waited for that one may look at the result.
 */
abstract class StreamReader implements HttpAnswer.Sink {
  final Round round;
  final int stream;
  private final Latencies latencies;
  private final HttpAnswer http = new HttpAnswer(this);
  private int tokens;
  private long now;
  private boolean open;
  private boolean done;
  private @Nullable String failure;

  StreamReader(Round round, int stream, Latencies latencies) {
    this.round = round;
    this.stream = stream;
    this.latencies = latencies;
  }

  /** What is to be sent now. */
  abstract byte[] request();

  /** Whether the request is to be sent again, now that it has been answered; tells it once. */
  boolean asksAgain() {
    return false;
  }

  /** Takes bytes that were read at a time. */
  final void feed(byte[] bytes, int count, long nanos) {
    now = nanos;
    http.feed(bytes, count);
  }

  /** The token has arrived: the next one of this stream, or there is something wrong. */
  final void arrived(int token) {
    if (token != tokens) {
      fail("token " + tokens + " was to come, and token " + token + " came");
      return;
    }
    tokens++;
    latencies.add(now - round.writtenAt(stream, token), now);
  }

  final int tokens() {
    return tokens;
  }

  final void done() {
    done = true;
    if (failure == null && tokens != round.answers().tokens()) {
      failure = "only " + tokens + " of " + round.answers().tokens() + " tokens arrived";
    }
  }

  final void fail(String why) {
    if (failure == null) {
      failure = why;
    }
    done = true;
  }

  @Override
  public final void head() {
    open = true;
  }

  @Override
  public final void refused(String statusLine) {
    fail("the answer was " + statusLine);
  }

  /** Whether an answer has begun. */
  final boolean isOpen() {
    return open;
  }

  final boolean isDone() {
    return done;
  }

  /** Why not all has arrived as it should; empty if it has. */
  final Optional<String> failure() {
    return Optional.ofNullable(failure);
  }
}
