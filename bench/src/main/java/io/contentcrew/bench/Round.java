package io.contentcrew.bench;

import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Streams that flow together once, and when each of their tokens was written. Safe for use by many
 * threads.
 */
final class Round {
  private static final Pattern HOUSE = Pattern.compile(" for house (\\d{1,9})");

  private final int first;
  private final Answers answers;
  private final AtomicIntegerArray asked;
  private final AtomicLongArray written;
  private final CountDownLatch held;
  private volatile boolean released;
  private volatile boolean hurried;

  /**
   * A round whose streams wait for {@link #release()}.
   *
   * @param first the number of its first stream; every stream of a run has its own, or a cache
   *     would answer
   */
  Round(int first, int streams, Answers answers) {
    this.first = first;
    this.answers = answers;
    this.asked = new AtomicIntegerArray(streams);
    this.written = new AtomicLongArray(streams * answers.tokens());
    this.held = new CountDownLatch(streams);
  }

  int streams() {
    return asked.length();
  }

  Answers answers() {
    return answers;
  }

  String topic(int stream) {
    return Answers.topic(String.valueOf(first + stream));
  }

  /** Which stream a question belongs to; empty if it is none of this round. */
  OptionalInt streamOf(String question) {
    Matcher house = HOUSE.matcher(question);
    if (!house.find()) {
      return OptionalInt.empty();
    }
    int stream = Integer.parseInt(house.group(1)) - first;
    return stream < 0 || stream >= streams() ? OptionalInt.empty() : OptionalInt.of(stream);
  }

  /** The next question of a stream: how many it has asked before. */
  int ask(int stream) {
    int before = asked.getAndIncrement(stream);
    if (before == 0) {
      held.countDown();
    }
    return before;
  }

  /** Waits until every stream has asked its first question. */
  CountDownLatch held() {
    return held;
  }

  /** Lets the answers begin. */
  void release() {
    released = true;
  }

  boolean isReleased() {
    return released;
  }

  /** Lets what is left of the answers come as fast as it can be written. */
  void hurry() {
    hurried = true;
  }

  boolean isHurried() {
    return hurried;
  }

  void written(int stream, int token, long nanos) {
    written.set(stream * answers.tokens() + token, nanos);
  }

  /** When the token was written; 0 if it has not been. */
  long writtenAt(int stream, int token) {
    return written.get(stream * answers.tokens() + token);
  }
}
