package io.contentcrew.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.faults.History.Call;
import io.contentcrew.app.faults.History.Kind;
import io.contentcrew.app.faults.History.Seen;
import io.contentcrew.app.faults.History.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small history and database in which all is well, to be spoilt in one place by a test. */
final class World {
  static final String USER = "user-1";
  static final String JOB = "job-1";

  /** What a reader is told of the artifact that is stored. */
  static final String READY =
      "{'format':'social','version':1,'cached':false,'artifact':{'text':'Tea'}}";

  private int second;
  final History history = new History(() -> second * 1_000_000_000L);
  final View view = history.view("reader 1", JOB);
  final List<State.Job> jobs = new ArrayList<>();
  final List<State.Task> tasks = new ArrayList<>();
  final List<State.Artifact> artifacts = new ArrayList<>();
  final List<State.Entry> log = new ArrayList<>();
  final List<State.Reservation> reservations = new ArrayList<>();
  final List<State.Usage> usage = new ArrayList<>();
  final List<State.Key> keys = new ArrayList<>();

  World() {
    jobs.add(job("completed", Map.of("social", "ready")));
    tasks.add(new State.Task(JOB, "research", "done", "Tea is old."));
    artifacts.add(artifact("social", 1));
    log.add(entry(1, 1, "job_started", "{}"));
    log.add(entry(2, 3, "text", "{}"));
    log.add(entry(4, 4, "artifact_ready", "{'format':'social'}"));
    log.add(entry(5, 5, "completed", "{}"));
    reservations.add(new State.Reservation(JOB, "social", USER, "2026-11", "settled"));
    usage.add(new State.Usage(USER, "2026-11", "social", 1, 0));
    keys.add(new State.Key(USER, "key-1", JOB));

    call(Kind.SUBMIT, 1, 2, 1, "key-1", 201, "{'id':'job-1','status':'pending'}");
    call(Kind.SHOW, 3, 4, 1, JOB, 200, "{'id':'job-1','status':'running'}");
    seen(1, "job_started", "{}");
    seen(2, "text_delta", "{'task':'research','offset':0,'text':'Tea '}");
    seen(3, "text_delta", "{'task':'research','offset':4,'text':'is old.'}");
    seen(4, "artifact_ready", READY);
    seen(5, "complete", "{'status':'completed'}");
    call(Kind.SHOW, 8, 9, 1, JOB, 200, "{'id':'job-1','status':'completed'}");
    call(Kind.USAGE, 8, 9, 1, "", 200, "{'formats':{'social':{'used':1,'reserved':0}}}");
    call(Kind.ME, 10, 11, 2, "", 200, "{}");
    call(Kind.LOGOUT, 12, 13, 2, "", 204, "{}");
    call(Kind.ME, 14, 15, 2, "", 401, "{}");
    call(Kind.ME, 14, 15, 1, "", 200, "{}");
    call(Kind.ME, 14, 15, 1, "", History.UNKNOWN, "{}");
    failed(503, true);
  }

  static State.Job job(String status, Map<String, String> results) {
    return new State.Job(
        JOB, USER, "Tea", status, 1, Duration.ofSeconds(100), false, "null", results);
  }

  static State.Artifact artifact(String format, int version) {
    return new State.Artifact(JOB, format, version, json("{'text':'Tea'}"));
  }

  static State.Entry entry(long first, long last, String kind, String payload) {
    return new State.Entry(JOB, first, last, kind, json(payload));
  }

  /** A call that lasted from one second to another. */
  void call(Kind kind, int begun, int ended, int session, String subject, int status, String body) {
    history.add(
        new Call(
            kind,
            Duration.ofSeconds(begun),
            Duration.ofSeconds(ended),
            "a",
            USER,
            session,
            subject,
            status,
            false,
            json(body)));
  }

  /** A call that failed at the instance. */
  void failed(int status, boolean retryAfter) {
    history.add(
        new Call(
            Kind.USAGE,
            Duration.ofSeconds(20),
            Duration.ofSeconds(21),
            "b",
            USER,
            1,
            "",
            status,
            retryAfter,
            json("{'code':'SERVICE_UNAVAILABLE'}")));
  }

  /** An event that the reader got, in second five. */
  void seen(long id, String type, String data) {
    view.seen().add(seenAt(id, type, data));
  }

  static Seen seenAt(long id, String type, String data) {
    return new Seen(Duration.ofSeconds(5), "a", id, type, json(data));
  }

  /** The reader got other events than those. */
  void sawInstead(Seen... events) {
    view.seen().clear();
    view.seen().addAll(List.of(events));
  }

  /** What is noted without a time of its own is noted then. */
  void itIs(int now) {
    second = now;
  }

  List<String> wrong() {
    State state = new State(jobs, tasks, artifacts, log, reservations, usage, keys);
    return Checker.check(history, state, Limits.BY_FORMAT);
  }

  private static JsonNode json(String text) {
    try {
      return Api.JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
