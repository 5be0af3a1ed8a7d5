package io.contentcrew.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Everything that clients asked and were told, by a clock that never goes back. */
final class History {
  /** The status of a request that got no answer: what came of it is unknown. */
  static final int UNKNOWN = 0;

  private final LongSupplier nanos;
  private final long zero;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<View> views = new ConcurrentLinkedQueue<>();
  private final Queue<Story> stories = new ConcurrentLinkedQueue<>();
  private final Queue<String> marks = new ConcurrentLinkedQueue<>();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final Queue<Absence> absences = new ConcurrentLinkedQueue<>();
  private final Map<String, Duration> awaySince = new ConcurrentHashMap<>();
  private volatile Optional<Duration> wholeSince = Optional.empty();
  private volatile boolean storeWasLost;

  History() {
    this(System::nanoTime);
  }

  History(LongSupplier nanos) {
    this.nanos = nanos;
    this.zero = nanos.getAsLong();
  }

  enum Kind {
    SIGNUP,
    LOGIN,
    LOGOUT,
    ME,
    SUBMIT,
    SHOW,
    CANCEL,
    USAGE,
    STREAM,
    /** Something that Stripe tells; its subject is the event. */
    WEBHOOK,
    /** Something that is told in Stripe's name. */
    FORGERY,
    /** Which tier somebody has, asked when all deliveries were applied. */
    TIER,
    /** Which subscription somebody has, asked at the same time. */
    SUBSCRIPTION
  }

  /**
   * A request and its answer.
   *
   * @param user the account's id; empty while nobody has signed in
   * @param session which of all sessions its token belongs to; 0 without a token
   * @param subject the idempotency key of a submit, the event of a webhook, else the job it is
   *     about
   * @param body of the answer; missing if it is no JSON
   */
  record Call(
      Kind kind,
      Duration begun,
      Duration ended,
      String instance,
      String user,
      int session,
      String subject,
      int status,
      boolean retryAfter,
      JsonNode body) {
    boolean succeeded() {
      return status >= 200 && status < 300;
    }

    String job() {
      return body.path("id").asText();
    }

    /** What it was and when, for messages. */
    String told() {
      return "%s %s at %s from %s to %s: %s"
          .formatted(
              kind,
              subject,
              instance,
              seconds(begun),
              seconds(ended),
              status == UNKNOWN ? "no answer" : status + " " + body.path("code").asText());
    }
  }

  /** An event as a client saw it. */
  record Seen(Duration at, String instance, long id, String type, JsonNode data) {
    String told() {
      return "event %d (%s) seen at %s at %s".formatted(id, type, instance, seconds(at));
    }
  }

  /** What one reader has seen of a job, through as many connections as it took. */
  record View(String reader, String job, Queue<Seen> seen) {
    View(String reader, String job) {
      this(reader, job, new ConcurrentLinkedQueue<>());
    }
  }

  /** A time in which an instance could not answer, as it was ended or stopped. */
  record Absence(String instance, Duration from, Duration to) {
    boolean touches(Call call) {
      return instance.equals(call.instance)
          && from.compareTo(call.ended) <= 0
          && call.begun.compareTo(to) <= 0;
    }
  }

  /** The time since the history began. */
  Duration now() {
    return Duration.ofNanos(nanos.getAsLong() - zero);
  }

  static String seconds(Duration time) {
    return "%d.%03d s".formatted(time.toSeconds(), time.toMillisPart());
  }

  void add(Call call) {
    calls.add(call);
  }

  /** A reader begins with a job. */
  View view(String reader, String job) {
    View view = new View(reader, job);
    views.add(view);
    return view;
  }

  /** Notes what was done to the cluster. */
  void mark(String what) {
    marks.add(seconds(now()) + " " + what);
  }

  /** An instance begins to be ended or stopped. */
  void away(String instance) {
    awaySince.putIfAbsent(instance, now());
  }

  /** It can answer again. */
  void back(String instance) {
    Duration from = awaySince.remove(instance);
    if (from != null) {
      absences.add(new Absence(instance, from, now()));
    }
  }

  /** Whether the instance was away for some time of the call. */
  boolean wasAway(Call call) {
    Duration since = awaySince.get(call.instance);
    return (since != null && since.compareTo(call.ended) <= 0)
        || absences.stream().anyMatch(absence -> absence.touches(call));
  }

  /** From now on nothing is done to the cluster any more. */
  void whole() {
    mark("all is whole again");
    wholeSince = Optional.of(now());
  }

  /** Whether the call began when nothing was done to the cluster any more. */
  boolean beganWhole(Call call) {
    return wholeSince.filter(since -> since.compareTo(call.begun) <= 0).isPresent();
  }

  /** The store ends without a word, and with it what it had not yet put on its disk. */
  void losesStore() {
    storeWasLost = true;
  }

  boolean storeWasLost() {
    return storeWasLost;
  }

  /** Notes what may be in no log, by a name that may. */
  void secret(String name, String value) {
    secrets.put(name, value);
  }

  Collection<Call> calls() {
    return calls;
  }

  Stream<Call> calls(Kind kind) {
    return calls.stream().filter(call -> call.kind == kind);
  }

  /** Stripe begins to tell a story. */
  void tell(Story story) {
    stories.add(story);
  }

  Collection<Story> stories() {
    return stories;
  }

  Collection<View> views() {
    return views;
  }

  Map<String, String> secrets() {
    return secrets;
  }

  /** Writes all of it, in the order in which it began. */
  void write(Path file) {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (String mark : marks) {
        out.write(mark + "\n");
      }
      for (Call call : calls.stream().sorted(Comparator.comparing(Call::begun)).toList()) {
        out.write(
            "%s user %s session %d %s%n"
                .formatted(call.told(), call.user, call.session, essentials(call)));
      }
      for (Story story : stories) {
        out.write(
            "STORY of %s, user %s: %s%n".formatted(story.name(), story.user(), story.ending()));
        for (Story.Event event : story.events()) {
          out.write("  %d %s%n".formatted(event.second(), event));
        }
      }
      for (View view : views) {
        out.write("VIEW of %s by %s%n".formatted(view.job, view.reader));
        for (Seen seen : view.seen) {
          out.write("  %s %s%n".formatted(seen.told(), place(seen.data)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String essentials(Call call) {
    return switch (call.kind) {
      case USAGE -> call.body.path("formats").toString();
      case WEBHOOK, FORGERY -> call.body.path("result").asText();
      case TIER, SUBSCRIPTION -> call.body.path("tier").asText();
      default -> "job %s is %s".formatted(call.job(), call.body.path("status").asText());
    };
  }

  private static String place(JsonNode data) {
    return "%s %s +%d"
        .formatted(
            data.path("task").asText(),
            data.path("offset").asText(),
            data.path("text").asText().length());
  }

  /** An answer without a body. */
  static JsonNode nothing() {
    return MissingNode.getInstance();
  }
}
