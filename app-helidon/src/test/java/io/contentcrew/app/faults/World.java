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
import java.util.Set;

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
  final List<State.Delivery> inbox = new ArrayList<>();
  final List<State.Bought> bought = new ArrayList<>();
  final List<State.Booked> booked = new ArrayList<>();

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
    subscribed();
  }

  /** Stripe tells of a subscription and of the bill for it, of the latter twice. */
  private void subscribed() {
    Story.Event created = new Story.Event("evt_1", "customer.subscription.created", 1, new byte[0]);
    Story.Event paid = new Story.Event("evt_2", "invoice.paid", 1, new byte[0]);
    history.tell(
        new Story(
            USER,
            "sub_1",
            List.of(created, paid),
            new Story.Known("active", "pro", Map.of("in_1", 1_000L), Set.of())));
    call(Kind.WEBHOOK, 1, 2, 0, "evt_1", 503, "{'code':'SERVICE_UNAVAILABLE'}", true);
    call(Kind.WEBHOOK, 3, 4, 0, "evt_1", 200, "{'result':'applied'}");
    call(Kind.WEBHOOK, 1, 2, 0, "evt_2", 200, "{'result':'parked'}");
    call(Kind.WEBHOOK, 1, 2, 0, "evt_2", History.UNKNOWN, "{}");
    call(Kind.WEBHOOK, 1, 2, 0, "evt_2", 200, "{'result':'repeated'}");
    call(Kind.FORGERY, 1, 2, 0, "evt_3", 400, "{'code':'BAD_REQUEST'}");
    inbox.add(new State.Delivery("evt_1", "DONE", 1, "APPLIED"));
    inbox.add(new State.Delivery("evt_2", "DONE", 2, "APPLIED"));
    bought.add(new State.Bought("sub_1", USER, "active", "pro"));
    booked.add(new State.Booked("PAID", "in_1", USER, 1_000));
    Story.Event lost = new Story.Event("evt_4", "invoice.paid", 1, new byte[0]);
    history.tell(new Story(USER, "sub_2", List.of(lost), new Story.Parked("SUBSCRIPTION")));
    call(Kind.WEBHOOK, 1, 2, 0, "evt_4", 200, "{'result':'parked'}");
    inbox.add(new State.Delivery("evt_4", "PARKED", 1, "subscription sub_2"));
    call(Kind.TIER, 20, 21, 1, "", 200, "{'tier':'pro'}");
    call(Kind.SUBSCRIPTION, 20, 21, 1, "", 200, "{'tier':'pro'}");
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
    call(kind, begun, ended, session, subject, status, body, false);
  }

  private void call(
      Kind kind,
      int begun,
      int ended,
      int session,
      String subject,
      int status,
      String body,
      boolean retryAfter) {
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
            retryAfter,
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
    State state =
        new State(jobs, tasks, artifacts, log, reservations, usage, keys, inbox, bought, booked);
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
