package io.contentcrew.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * How {@link FakeOllama} answers one request, and every way in which a model's server lets one
 * down. Immutable: every method returns a longer or changed answer. An answer that is told nothing
 * of its end ends properly.
 */
public final class FakeAnswer {
  sealed interface Step {
    record Text(String piece) implements Step {}

    record Thought(String piece) implements Step {}

    /** A part of the body as it is, in a transport chunk of their own. */
    record Raw(String text) implements Step {}

    /**
     * Bytes on the wire as they are, without regard to HTTP, and then the end of the connection.
     */
    record Garbage(String text) implements Step {}

    record Fill(byte value, long count) implements Step {}

    record Await(CountDownLatch latch) implements Step {}

    record Pause(Duration time) implements Step {}

    record Fault(String text) implements Step {}

    record Done(String reason) implements Step {}

    /** The body ends as HTTP says, whatever it held. */
    record EndOfBody() implements Step {}

    record HangUp() implements Step {}

    record Reset() implements Step {}

    record Stall() implements Step {}
  }

  /** An answer in one go, with a status of its own. */
  record Whole(int status, String contentType, Map<String, String> headers, String body) {}

  /** What the model is said to have counted. */
  record Counts(int input, int output, Duration load, Duration prefill, Duration decode) {}

  private static final Counts SOME =
      new Counts(26, 0, Duration.ofMillis(21), Duration.ofMillis(130), Duration.ofMillis(900));

  /** No counts at all: Ollama leaves out those that are zero. */
  private static final Counts NONE = new Counts(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private final Optional<Whole> whole;
  private final List<Step> steps;
  private final Counts counts;
  private final boolean byteByByte;
  private final boolean model;
  private final Duration pace;

  private FakeAnswer(
      Optional<Whole> whole,
      List<Step> steps,
      Counts counts,
      boolean byteByByte,
      boolean model,
      Duration pace) {
    this.whole = whole;
    this.steps = List.copyOf(steps);
    this.counts = counts;
    this.byteByByte = byteByByte;
    this.model = model;
    this.pace = pace;
  }

  private static FakeAnswer steps(Step... steps) {
    return new FakeAnswer(Optional.empty(), List.of(steps), SOME, false, false, Duration.ZERO);
  }

  // ---- answers that go well

  /** The answer of a well-behaved model to what the request asks, a word at a time. */
  public static FakeAnswer ofTheModel() {
    return new FakeAnswer(Optional.empty(), List.of(), SOME, false, true, Duration.ZERO);
  }

  /** These pieces, one line each. */
  public static FakeAnswer writing(String... pieces) {
    return steps().thenWriting(pieces);
  }

  /** Any answer of one piece, with its status. */
  public static FakeAnswer whole(int status, String contentType, String body) {
    return whole(status, contentType, Map.of(), body);
  }

  private static FakeAnswer whole(
      int status, String contentType, Map<String, String> headers, String body) {
    Whole answer = new Whole(status, contentType, headers, body);
    return new FakeAnswer(Optional.of(answer), List.of(), SOME, false, false, Duration.ZERO);
  }

  // ---- answers that go wrong at once

  /** Not a byte: the request is taken, and then there is silence until the client leaves. */
  public static FakeAnswer silence() {
    return steps(new Step.Stall());
  }

  /** The connection is closed without a byte. */
  public static FakeAnswer hangingUp() {
    return steps(new Step.HangUp());
  }

  /** The connection is reset without a byte. */
  public static FakeAnswer resetting() {
    return steps(new Step.Reset());
  }

  /** 503 as Ollama says it when its queue is full. */
  public static FakeAnswer busy() {
    return failing(503, "server busy, please try again.  maximum pending requests exceeded");
  }

  /** 503 with a {@code Retry-After} header. */
  public static FakeAnswer busy(String retryAfter) {
    return failing(503, "server busy, please try again", Map.of("Retry-After", retryAfter));
  }

  /** 429 with a {@code Retry-After} header. */
  public static FakeAnswer tooMany(String retryAfter) {
    return failing(429, "rate limit reached", Map.of("Retry-After", retryAfter));
  }

  /** 404, in one of the two wordings that Ollama has for it. */
  public static FakeAnswer modelMissing() {
    return failing(404, "model 'llama3.2:1b' not found");
  }

  /** 404 in the other wording. */
  public static FakeAnswer modelMissingOtherwise() {
    return failing(404, "model \"llama3.2:1b\" not found, try pulling it first");
  }

  /** 400: the request is wrong. */
  public static FakeAnswer badRequest(String error) {
    return failing(400, error);
  }

  /** 401: the key is wrong. */
  public static FakeAnswer unauthorized(String error) {
    return failing(401, error);
  }

  /** 500: the model crashed. */
  public static FakeAnswer serverError() {
    return failing(500, "llama runner process has terminated: exit status 2");
  }

  /** An error of that status, in the words of the dialect. */
  public static FakeAnswer failing(int status, String error) {
    return failing(status, error, Map.of());
  }

  private static FakeAnswer failing(int status, String error, Map<String, String> headers) {
    return whole(status, "", headers, error); // the dialect puts it into its JSON
  }

  /** 200 with a page, as a captive portal or a wrong address answers. */
  public static FakeAnswer html() {
    return whole(200, "text/html; charset=utf-8", "<html><body>Welcome!</body></html>");
  }

  /** 302 to somewhere else. */
  public static FakeAnswer redirect(String location) {
    return whole(302, "text/html", Map.of("Location", location), "");
  }

  // ---- what comes next

  /** These pieces next, one line each. */
  public FakeAnswer thenWriting(String... pieces) {
    FakeAnswer answer = this;
    for (String piece : pieces) {
      answer = answer.then(new Step.Text(piece));
    }
    return answer;
  }

  /** A piece of thinking next, which is not part of the text. */
  public FakeAnswer thenThinking(String piece) {
    return then(new Step.Thought(piece));
  }

  /** These bytes next, as they are; a line needs its line end. */
  public FakeAnswer thenRaw(String bytes) {
    return then(new Step.Raw(bytes));
  }

  /** Waits next until {@code latch} is open, which is for the test to do. */
  public FakeAnswer waitingFor(CountDownLatch latch) {
    return then(new Step.Await(latch));
  }

  /** Pauses next, where the point is how time passes. */
  public FakeAnswer pausing(Duration time) {
    return then(new Step.Pause(time));
  }

  // ---- how it ends

  /** The body ends properly, but the last line with the sign of the end never came. */
  public FakeAnswer endingBeforeDone() {
    return then(new Step.EndOfBody());
  }

  /** The connection is closed in the middle. */
  public FakeAnswer thenHangingUp() {
    return then(new Step.HangUp());
  }

  /** The connection is reset in the middle. */
  public FakeAnswer thenResetting() {
    return then(new Step.Reset());
  }

  /** A line that is cut off in the middle of its JSON, and others after it. */
  public FakeAnswer thenMalformedLine() {
    return then(new Step.Raw("{\"model\":\"x\",\"mess\n")).then(new Step.Text("after"));
  }

  /** The error object of the dialect, then the end. */
  public FakeAnswer thenError(String text) {
    return then(new Step.Fault(text)).then(new Step.EndOfBody());
  }

  /** What is no HTTP, and then the end of the connection. */
  public FakeAnswer thenGarbage(String bytes) {
    return then(new Step.Garbage(bytes));
  }

  /** Silence from here on, until the client leaves. */
  public FakeAnswer thenStalling() {
    return then(new Step.Stall());
  }

  /** So much white space, in pieces of twenty. */
  public FakeAnswer thenBlanks(int count) {
    FakeAnswer answer = this;
    for (int left = count; left > 0; left -= 20) {
      answer = answer.then(new Step.Text(" ".repeat(Math.min(left, 20))));
    }
    return answer;
  }

  /** A line of that many bytes and without an end. */
  public FakeAnswer thenOverlongLine(long bytes) {
    return then(new Step.Fill((byte) 'x', bytes)).then(new Step.EndOfBody());
  }

  /** Ends properly, with that reason: {@code stop}, {@code length}, or what else a server says. */
  public FakeAnswer endingWith(String reason) {
    return then(new Step.Done(reason));
  }

  // ---- how it travels, what it tells

  /** Every byte in a transport chunk and a packet of its own. */
  public FakeAnswer byteByByte() {
    return new FakeAnswer(whole, steps, counts, true, model, pace);
  }

  /** With so long a pause before each piece that the model writes by itself. */
  public FakeAnswer atPace(Duration pause) {
    return new FakeAnswer(whole, steps, counts, byteByByte, model, pause);
  }

  /** Without any counts and times. */
  public FakeAnswer withoutCounts() {
    return new FakeAnswer(whole, steps, NONE, byteByByte, model, pace);
  }

  /** With these counts of tokens and times. */
  public FakeAnswer counting(
      int input, int output, Duration load, Duration prefill, Duration decode) {
    Counts changed = new Counts(input, output, load, prefill, decode);
    return new FakeAnswer(whole, steps, changed, byteByByte, model, pace);
  }

  private FakeAnswer then(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new FakeAnswer(whole, longer, counts, byteByByte, model, pace);
  }

  // ---- for the server

  /** The answer in one go; empty when it is streamed. */
  Optional<Whole> whole() {
    return whole;
  }

  List<Step> stepsFor(FakeRequest request) {
    List<Step> all = new ArrayList<>();
    if (model) {
      for (String piece : Script.pieces(ChatReader.answer(request))) {
        if (!pace.isZero()) {
          all.add(new Step.Pause(pace));
        }
        all.add(new Step.Text(piece));
      }
    }
    all.addAll(steps);
    if (all.isEmpty() || !ends(all.getLast())) {
      all.add(new Step.Done("stop"));
    }
    return all;
  }

  private static boolean ends(Step step) {
    return switch (step) {
      case Step.Done done -> true;
      case Step.EndOfBody end -> true;
      case Step.HangUp hangUp -> true;
      case Step.Garbage garbage -> true;
      case Step.Reset reset -> true;
      case Step.Stall stall -> true;
      default -> false;
    };
  }

  Counts counts() {
    return counts;
  }

  boolean isByteByByte() {
    return byteByByte;
  }
}
