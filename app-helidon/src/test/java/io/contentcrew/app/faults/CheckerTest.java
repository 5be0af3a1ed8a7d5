package io.contentcrew.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import io.contentcrew.app.faults.Api.Session;
import io.contentcrew.app.faults.History.Kind;
import io.contentcrew.app.faults.History.View;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker finds what it is there to find, and nothing else. */
class CheckerTest {
  private final World world = new World();

  private void assertFound(String... beginnings) {
    List<String> wrong = world.wrong();
    for (String beginning : beginnings) {
      assertThat(wrong).as(beginning).anyMatch(line -> line.startsWith(beginning));
    }
    String invariant = beginnings[0].substring(0, beginnings[0].indexOf(' ') + 1);
    assertThat(wrong).as("nothing but that").allMatch(line -> line.startsWith(invariant));
  }

  private void jobIs(String status, Map<String, String> results) {
    world.jobs.set(0, World.job(status, results));
  }

  @Test
  void a_world_in_which_all_is_well_has_nothing_wrong() {
    assertThat(world.wrong()).isEmpty();
  }

  @Test
  void I1_an_acknowledged_job_that_is_gone() {
    world.keys.add(new State.Key(World.USER, "key-2", "job-2"));
    world.call(Kind.SUBMIT, 1, 2, 1, "key-2", 201, "{'id':'job-2'}");
    assertFound("I1 job job-2 was acknowledged and is gone: SUBMIT key-2 at a");
  }

  @Test
  void I1_a_job_that_belongs_to_somebody_else_or_could_not_be_found() {
    world.call(Kind.SHOW, 3, 4, 1, World.JOB, 404, "{}");
    assertFound("I1 the job was not found for a while: SHOW job-1 at a from 3.000 s to 4.000 s");
  }

  @Test
  void I2_a_job_that_does_not_end() {
    jobIs("running", Map.of("social", "ready"));
    assertThat(world.wrong())
        .anyMatch(line -> line.startsWith("I2 job job-1 (running, attempt 1, 100 s old)"));
  }

  @Test
  void I3_a_piece_that_came_about_and_is_not_charged() {
    world.reservations.set(
        0, new State.Reservation(World.JOB, "social", World.USER, "2026-11", "released"));
    world.usage.set(0, new State.Usage(World.USER, "2026-11", "social", 0, 0));
    assertFound("I3 the social of job job-1");
  }

  @Test
  void I3_a_piece_that_is_missing_in_the_ledger() {
    world.reservations.clear();
    world.usage.clear();
    assertFound("I3 the social of job job-1");
  }

  @Test
  void I3_a_piece_of_a_job_that_is_not_there() {
    world.reservations.add(
        new State.Reservation("job-9", "social", World.USER, "2026-11", "reserved"));
    world.usage.set(0, new State.Usage(World.USER, "2026-11", "social", 1, 1));
    assertFound("I3 a social of user user-1 is reserved for job job-9, which is not there");
  }

  @Test
  void I3_sums_that_are_not_those_of_the_rows() {
    world.usage.set(0, new State.Usage(World.USER, "2026-11", "social", 2, 0));
    assertFound("I3 the sums of social of user user-1 are 2 used and 0 reserved, the rows 1 and 0");
  }

  @Test
  void I3_a_piece_that_a_job_which_is_over_never_gave_back() {
    jobIs("completed", Map.of("social", "ready", "blog", "open"));
    world.reservations.add(
        new State.Reservation(World.JOB, "blog", World.USER, "2026-11", "reserved"));
    world.usage.add(new State.Usage(World.USER, "2026-11", "blog", 0, 1));
    assertFound("I3 the blog of job job-1 (completed, attempt 1, 100 s old) came out as open");
  }

  @Test
  void I3_rows_without_sums() {
    world.usage.clear();
    assertFound("I3 the sums of social of user user-1 are 0 used and 0 reserved, the rows 1 and 0");
  }

  @Test
  void I3_a_limit_that_is_passed_now_or_was_once() {
    int over = Limits.SOCIAL + 1;
    world.usage.set(0, new State.Usage(World.USER, "2026-11", "social", over, 0));
    world.call(Kind.USAGE, 5, 6, 1, "", 200, "{'formats':{'social':{'used':5,'reserved':16}}}");
    assertFound("I3 user user-1 has 21 used", "I3 more social than 20: ");
  }

  @Test
  void I4_a_final_state_that_another_one_followed() {
    world.call(Kind.SHOW, 6, 7, 1, World.JOB, 200, "{'id':'job-1','status':'failed'}");
    assertFound("I4 job job-1 is completed now, but: SHOW job-1 at a from 6.000 s");
  }

  @Test
  void I4_a_job_that_ran_again_after_its_end() {
    world.call(Kind.SHOW, 10, 11, 1, World.JOB, 200, "{'id':'job-1','status':'running'}");
    assertFound("I4 job job-1 was running again: SHOW job-1 at a from 10.000 s");
  }

  @Test
  void I5_a_gap_in_a_log() {
    world.log.remove(1);
    world.sawInstead(
        World.seenAt(1, "job_started", "{}"),
        World.seenAt(3, "text_delta", "{'task':'research','offset':0,'text':'Tea is old.'}"),
        World.seenAt(4, "artifact_ready", World.READY),
        World.seenAt(5, "complete", "{'status':'completed'}"));
    assertFound("I5 the log of job job-1 (completed, attempt 1, 100 s old) goes from 1 to 4");
  }

  @Test
  void I5_a_number_that_is_there_twice() {
    world.log.add(2, World.entry(3, 3, "progress", "{}"));
    assertFound("I5 the log of job job-1 (completed, attempt 1, 100 s old) goes from 3 to 3");
  }

  @Test
  void I5_a_log_without_an_end_or_with_two() {
    world.log.add(3, World.entry(5, 5, "failed", "{}"));
    world.log.set(4, World.entry(6, 6, "completed", "{}"));
    assertThat(world.wrong())
        .anyMatch(line -> line.contains("has 6 events and tells of its end at [5, 6]"));
    world.log.subList(3, 5).clear();
    assertThat(world.wrong())
        .anyMatch(line -> line.contains("has 4 events and tells of its end at []"));
  }

  @Test
  void I5_an_event_that_a_reader_gets_twice() {
    world.sawInstead(
        World.seenAt(1, "job_started", "{}"),
        World.seenAt(1, "job_started", "{}"),
        World.seenAt(2, "text_delta", "{'task':'research','offset':0,'text':'Tea '}"),
        World.seenAt(3, "text_delta", "{'task':'research','offset':4,'text':'is old.'}"),
        World.seenAt(4, "artifact_ready", World.READY),
        World.seenAt(5, "complete", "{'status':'completed'}"));
    assertFound("I5 reader 1 of job job-1: not the next number: event 1 (job_started)");
  }

  @Test
  void I5_a_milestone_that_a_reader_misses() {
    world.sawInstead(
        World.seenAt(1, "job_started", "{}"),
        World.seenAt(2, "text_delta", "{'task':'research','offset':0,'text':'Tea '}"),
        World.seenAt(3, "text_delta", "{'task':'research','offset':4,'text':'is old.'}"),
        World.seenAt(5, "complete", "{'status':'completed'}"));
    assertFound("I5 reader 1 of job job-1: not the next number: event 5 (complete)");
  }

  @Test
  void I5_text_that_a_reader_misses() {
    world.sawInstead(
        World.seenAt(1, "job_started", "{}"),
        World.seenAt(3, "text_delta", "{'task':'research','offset':4,'text':'is old.'}"),
        World.seenAt(4, "artifact_ready", World.READY),
        World.seenAt(5, "complete", "{'status':'completed'}"));
    assertFound(
        "I5 reader 1 of job job-1: it fits not at 0: event 3 (text_delta)",
        "I5 reader 1 of job job-1: research reads 7 characters");
  }

  @Test
  void I5_text_that_is_other_than_what_is_stored() {
    world.tasks.set(0, new State.Task(World.JOB, "research", "done", "Tea is new."));
    assertFound("I5 reader 1 of job job-1: research reads 11 characters");
  }

  @Test
  void I5_two_readers_who_read_different_stories() {
    world.tasks.clear();
    View other = world.history.view("reader 2", World.JOB);
    other.seen().addAll(world.view.seen());
    other.seen().removeIf(seen -> seen.id() == 2 || seen.id() == 3);
    other.seen().removeIf(seen -> seen.id() > 1);
    other.seen().add(World.seenAt(3, "snapshot", "{'texts':[]}"));
    other.seen().add(World.seenAt(4, "artifact_ready", World.READY));
    other.seen().add(World.seenAt(5, "complete", "{'status':'completed'}"));
    assertFound("I5 reader 2 of job job-1: , but another reader has research: 11 characters");
  }

  @Test
  void I5_an_end_that_a_reader_never_sees_or_sees_twice() {
    View other = world.history.view("reader 2", World.JOB);
    other.seen().add(World.seenAt(1, "job_started", "{}"));
    world.seen(6, "complete", "{'status':'completed'}");
    assertFound(
        "I5 reader 2 of job job-1: its end was never seen: the last was event 1",
        "I5 reader 1 of job job-1: something after the end: event 6");
  }

  @Test
  void I5_a_reader_who_is_sent_away_before_the_end() {
    world.sawInstead(World.seenAt(1, "job_started", "{}"), World.seenAt(1, "204", "{}"));
    assertFound("I5 reader 1 of job job-1: nothing more to see, before the end was");
  }

  @Test
  void I5_an_event_that_the_log_tells_otherwise() {
    world.log.set(3, World.entry(5, 5, "failed", "{}"));
    assertFound("I5 reader 1 of job job-1: the log does not know of event 5 (complete)");
  }

  @Test
  void I5_what_a_lost_worker_told_may_be_missing_where_its_numbers_were_set_aside() {
    world.log.set(1, World.entry(2, 3, "snapshot", "{'texts':[]}"));
    world.tasks.clear();
    assertThat(world.wrong()).isEmpty();
  }

  @Test
  void I5_what_is_shown_when_it_is_stored_may_not_be_missing_where_numbers_were_set_aside() {
    world.log.set(2, World.entry(4, 4, "snapshot", "{'texts':[]}"));
    assertThat(world.wrong())
        .anyMatch(
            line ->
                line.startsWith(
                    "I5 reader 1 of job job-1: the log does not know of event 4 (artifact_ready)"));
  }

  @Test
  void I5_the_end_of_a_task_may_be_missing_only_where_the_store_was_lost() {
    world.log.set(1, World.entry(2, 3, "snapshot", "{'texts':[]}"));
    world.tasks.clear();
    world.sawInstead(
        World.seenAt(1, "job_started", "{}"),
        World.seenAt(2, "task_completed", "{'task':'research'}"),
        World.seenAt(3, "snapshot", "{'texts':[]}"),
        World.seenAt(4, "artifact_ready", World.READY),
        World.seenAt(5, "complete", "{'status':'completed'}"));
    assertFound("I5 reader 1 of job job-1: the log does not know of event 2 (task_completed)");
    world.history.losesStore();
    assertThat(world.wrong()).isEmpty();
  }

  @Test
  void I5_what_was_folded_away_need_not_be_read_again() {
    State.Job job = world.jobs.getFirst();
    world.jobs.set(
        0,
        new State.Job(
            World.JOB, World.USER, "Tea", "completed", 1, job.age(), true, "null", job.results()));
    world.log.remove(1);
    View late = world.history.view("reader 2", World.JOB);
    late.seen().add(World.seenAt(1, "job_started", "{}"));
    late.seen().add(World.seenAt(3, "snapshot", "{'texts':[]}"));
    late.seen().add(World.seenAt(4, "artifact_ready", World.READY));
    late.seen().add(World.seenAt(5, "complete", "{'status':'completed'}"));
    assertThat(world.wrong()).isEmpty();
  }

  @Test
  void I6_a_key_that_became_two_jobs() {
    world.call(Kind.SUBMIT, 3, 4, 1, "key-1", 201, "{'id':'job-2','status':'pending'}");
    State.Job job = world.jobs.getFirst();
    world.jobs.add(
        new State.Job("job-2", World.USER, "Tea", "failed", 1, job.age(), false, "null", Map.of()));
    world.log.add(new State.Entry("job-2", 1, 1, "failed", History.nothing()));
    world.call(Kind.SHOW, 5, 6, 1, "job-2", 200, "{'id':'job-2','status':'failed'}");
    assertFound(
        "I6 the key stands for job job-1, the answer was job-2: SUBMIT key-1",
        "I6 2 jobs came of one key: user and topic user-1 Tea");
  }

  @Test
  void I7_failures_that_are_not_told_properly() {
    world.failed(500, false);
    assertFound("I7 no way to fail: USAGE  at b from 20.000 s to 21.000 s: 500");
    world.history.calls().removeIf(call -> call.status() >= 500);
    world.failed(503, false);
    assertFound("I7 no way to fail: USAGE  at b from 20.000 s to 21.000 s: 503");
    world.history.calls().removeIf(call -> call.status() >= 500);
    world.failed(502, true);
    assertFound("I7 no way to fail: USAGE  at b from 20.000 s to 21.000 s: 502");
  }

  @Test
  void I7_a_failure_whose_body_is_no_json() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "Internal Server Error".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(500, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      new Api(world.history).me(new Place("a", server.getAddress().getPort()), Session.NOBODY);
    } finally {
      server.stop(0);
    }
    assertFound("I7 no way to fail: ME  at a");
  }

  /** Where something else than an instance answers. */
  private record Place(String name, int port) implements Api.Place {
    @Override
    public Optional<URI> base() {
      return Optional.of(URI.create("http://127.0.0.1:" + port));
    }
  }

  @Test
  void I7_an_answer_that_comes_too_late_or_never() {
    world.call(Kind.SHOW, 30, 41, 1, World.JOB, 200, "{'id':'job-1','status':'completed'}");
    assertFound("I7 too late: SHOW job-1 at a from 30.000 s to 41.000 s");
    world.call(Kind.ME, 30, 45, 1, "", History.UNKNOWN, "{}");
    assertFound("I7 too late: ME  at a from 30.000 s to 45.000 s: no answer");
  }

  @Test
  void I7_an_answer_may_be_late_where_the_instance_stood_still_and_a_stream_may_always() {
    world.call(Kind.STREAM, 30, 45, 1, World.JOB, 200, "{}");
    world.call(Kind.ME, 30, 45, 1, "", History.UNKNOWN, "{}");
    world.itIs(40);
    world.history.away("a");
    assertThat(world.wrong()).as("it still stands").isEmpty();
    world.itIs(50);
    world.history.back("a");
    assertThat(world.wrong()).as("it went on").isEmpty();
    world.call(Kind.ME, 51, 66, 1, "", History.UNKNOWN, "{}");
    assertFound("I7 too late: ME  at a from 51.000 s to 66.000 s: no answer");
  }

  @Test
  void I7_an_answer_may_not_be_late_where_another_instance_stood_still() {
    world.itIs(30);
    world.history.away("b");
    world.call(Kind.ME, 30, 45, 1, "", History.UNKNOWN, "{}");
    assertFound("I7 too late: ME  at a from 30.000 s to 45.000 s: no answer");
  }

  @Test
  void I7_no_answer_when_all_is_whole_again() {
    world.itIs(16);
    world.history.whole();
    assertThat(world.wrong()).as("there was none before").isEmpty();
    world.call(Kind.ME, 16, 17, 1, "", History.UNKNOWN, "{}");
    assertThat(world.wrong())
        .containsExactly("I7 all was whole, but: ME  at a from 16.000 s to 17.000 s: no answer");
  }

  @Test
  void I8_an_artifact_that_is_other_than_what_a_reader_was_shown() {
    world.artifacts.set(
        0, new State.Artifact(World.JOB, "social", 1, TextNode.valueOf("of another attempt")));
    assertFound("I8 reader 1 of job job-1 was shown a social that is not the stored one: event 4");
  }

  @Test
  void I8_an_artifact_that_is_stored_twice() {
    world.artifacts.add(World.artifact("social", 2));
    assertFound("I8 the social of job job-1 (completed, attempt 1, 100 s old) is ready: 2");
  }

  @Test
  void I8_an_artifact_of_a_format_that_failed() {
    jobIs("completed", Map.of("social", "ready", "blog", "failed"));
    world.reservations.add(
        new State.Reservation(World.JOB, "blog", World.USER, "2026-11", "released"));
    world.artifacts.add(World.artifact("blog", 1));
    assertFound("I8 the blog of job job-1 (completed, attempt 1, 100 s old) is failed: 1");
  }

  @Test
  void I8_an_artifact_that_was_never_announced() {
    world.log.set(2, World.entry(4, 4, "artifact_ready", "{'format':'audio'}"));
    assertFound("I8 the social of job job-1 (completed, attempt 1, 100 s old) is ready: 1");
  }

  @Test
  void I9_a_delivery_that_was_acknowledged_and_is_gone() {
    world.inbox.remove(0);
    assertFound("I9 customer.subscription.created evt_1 was taken, and is there 0 times");
  }

  @Test
  void I9_a_delivery_that_nobody_ever_takes() {
    world.history.calls().removeIf(call -> call.subject().equals("evt_1") && call.succeeded());
    assertFound("I9 customer.subscription.created evt_1 was never taken, in 1 tries");
  }

  @Test
  void I9_a_delivery_that_is_stored_twice_or_counted_too_often_or_too_seldom() {
    world.inbox.add(world.inbox.getFirst());
    assertFound("I9 customer.subscription.created evt_1 was taken, and is there 2 times");
    world.inbox.removeLast();
    world.inbox.set(1, new State.Delivery("evt_2", "DONE", 1, "APPLIED"));
    assertFound("I9 invoice.paid evt_2 was sent 3 times, taken 2 times, and counted 1 times");
    world.inbox.set(1, new State.Delivery("evt_2", "DONE", 4, "APPLIED"));
    assertFound("I9 invoice.paid evt_2 was sent 3 times, taken 2 times, and counted 4 times");
  }

  @Test
  void I9_a_delivery_that_got_no_answer_may_have_come_or_not() {
    world.inbox.set(1, new State.Delivery("evt_2", "DONE", 3, "APPLIED"));
    assertThat(world.wrong()).isEmpty();
  }

  @Test
  void I9_a_delivery_that_is_not_applied_in_time_or_is_given_up() {
    for (String state : List.of("DUE", "DEAD", "PARKED")) {
      world.inbox.set(1, new State.Delivery("evt_2", state, 2, "subscription sub_1"));
      assertFound("I9 invoice.paid evt_2 should be done by now, and is " + state);
    }
  }

  @Test
  void I9_a_delivery_that_waits_for_nothing_any_more_or_for_something_else() {
    world.inbox.set(2, new State.Delivery("evt_4", "DONE", 1, "IGNORED"));
    assertFound("I9 invoice.paid evt_4 should be Parked[what=SUBSCRIPTION] by now, and is DONE");
    world.inbox.set(2, new State.Delivery("evt_4", "PARKED", 1, "customer cus_1"));
    assertFound("I9 invoice.paid evt_4 should be Parked[what=SUBSCRIPTION] by now, and is PARKED");
  }

  @Test
  void I9_a_lie_that_is_believed() {
    world.call(Kind.FORGERY, 5, 6, 0, "evt_5", 200, "{'result':'applied'}");
    assertFound("I9 a lie was taken: FORGERY evt_5 at a");
  }

  @Test
  void I9_a_lie_that_is_stored_though_it_was_refused() {
    world.inbox.add(new State.Delivery("evt_3", "DONE", 1, "IGNORED"));
    assertFound("I9 Stripe never told evt_3, which is there");
  }

  @Test
  void I9_a_genuine_delivery_that_is_refused() {
    for (int status : List.of(400, 413, 429)) {
      world.call(Kind.WEBHOOK, 5, 6, 0, "evt_1", status, "{}");
    }
    assertFound("I9 Stripe was refused: WEBHOOK evt_1 at a from 5.000 s to 6.000 s: 429");
    assertThat(world.wrong()).hasSize(3);
  }

  @Test
  void I9_a_subscription_that_is_other_than_it_was_told() {
    for (State.Bought other :
        List.of(
            new State.Bought("sub_1", World.USER, "incomplete", "pro"),
            new State.Bought("sub_1", World.USER, "active", "basic"),
            new State.Bought("sub_1", "user-2", "active", "pro"))) {
      world.bought.set(0, other);
      assertFound("I9 of subscription sub_1 there should be [Bought[");
    }
    world.bought.clear();
    assertFound("I9 of subscription sub_1 there should be [Bought[");
  }

  @Test
  void I9_a_subscription_of_which_nobody_told_or_that_should_wait() {
    world.bought.add(new State.Bought("sub_9", World.USER, "active", "pro"));
    assertFound("I9 nobody told of Bought[name=sub_9");
    world.bought.set(1, new State.Bought("sub_2", World.USER, "active", "pro"));
    assertFound("I9 of subscription sub_2 there should be [], and is [Bought[");
  }

  @Test
  void I9_a_bill_that_is_in_the_books_twice_or_never_or_wrongly() {
    State.Booked right = world.booked.getFirst();
    world.booked.add(right);
    assertFound("I9 in the books there should be [Booked[");
    world.booked.clear();
    assertFound("I9 in the books there should be [Booked[");
    world.booked.add(new State.Booked("PAID", "in_1", World.USER, 999));
    assertFound("I9 in the books there should be [Booked[");
    world.booked.set(0, right);
    world.booked.add(new State.Booked("PAID", "in_9", World.USER, 1_000));
    assertFound("I9 in the books there is [Booked[");
  }

  @Test
  void I9_a_letter_about_nothing() {
    world.booked.add(new State.Booked("PAYMENT_FAILED", "in_1", World.USER, 0));
    assertFound("I9 in the books there is [Booked[kind=PAYMENT_FAILED");
    world.booked.set(1, new State.Booked("PLAN_ENDED", "sub_1", World.USER, 0));
    assertFound("I9 in the books there is [Booked[kind=PLAN_ENDED");
  }

  @Test
  void I9_a_tier_that_is_not_the_one_that_was_bought() {
    world.call(Kind.TIER, 22, 23, 1, "", 200, "{'tier':'free'}");
    assertFound("I9 user user-1 should have pro, but: TIER  at a from 22.000 s");
  }

  @Test
  void I9_a_tier_at_which_nobody_has_looked() {
    world
        .history
        .calls()
        .removeIf(call -> call.kind() == Kind.TIER || call.kind() == Kind.SUBSCRIPTION);
    assertFound("I9 nobody has looked what user user-1 has");
  }

  @Test
  void I10_a_session_that_outlives_its_logout() {
    world.call(Kind.ME, 14, 15, 2, "", 200, "{}");
    assertFound("I10 session 2 was still good: ME  at a from 14.000 s to 15.000 s");
  }

  @Test
  void I11_a_secret_in_a_log(@TempDir Path folder) throws IOException {
    Map<String, String> secrets = Map.of("the key", "canary-1", "the word", "canary-2");
    assertThat(Checker.checkLogs(folder, secrets))
        .containsExactly("I11 there is no log to look into in " + folder);
    Files.writeString(folder.resolve("a-01.err"), "all is well\nwith canary-2 in it\n");
    assertThat(Checker.checkLogs(folder, secrets))
        .containsExactly("I11 the word is in a-01.err, line 2");
  }

  @Test
  void I11_only_the_letter_that_is_not_sent_may_say_what_is_in_it(@TempDir Path folder)
      throws IOException {
    Map<String, String> secrets = Map.of("the word", "canary-2");
    String letter =
        "A letter to ada@example.com that is not sent, as SMTP_HOST is not set: canary-2";
    Files.writeString(
        folder.resolve("a-01.err"), "2026-11-23T14:04:55.151Z info io.contentcrew.mail: " + letter);
    assertThat(Checker.checkLogs(folder, secrets)).isEmpty();
    Files.writeString(
        folder.resolve("a-01.err"), "2026-11-23T14:04:55.151Z info io.contentcrew.http: " + letter);
    assertThat(Checker.checkLogs(folder, secrets))
        .containsExactly("I11 the word is in a-01.err, line 1");
  }
}
