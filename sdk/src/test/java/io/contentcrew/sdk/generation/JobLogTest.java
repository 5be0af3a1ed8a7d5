package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.ports.generation.LogEntry.TextRun;
import io.contentcrew.sdk.generation.JobLog.Unstored;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JobLogTest {
  private final JobLog log = new JobLog(new JobId(UUID.randomUUID()), 1, 0, Clock.systemUTC());

  private List<LoggedEvent> readAfter(long after) {
    List<LoggedEvent> out = new ArrayList<>();
    log.read(after, Integer.MAX_VALUE, out);
    return out;
  }

  private void write(Task task, String... pieces) {
    log.start(task, "v", Instant.now());
    for (String piece : pieces) {
      log.text(task, piece);
    }
  }

  @Test
  void events_are_numbered_without_a_gap_and_texts_carry_their_offset() {
    write(Task.RESEARCH, "a", "bc", "\uD83C\uDF75d");
    assertThat(readAfter(0)).extracting(LoggedEvent::seq).containsExactly(1L, 2L, 3L, 4L);
    assertThat(readAfter(1).stream().map(LoggedEvent::event))
        .containsExactly(
            new TextDelta(Task.RESEARCH, 0, "a"),
            new TextDelta(Task.RESEARCH, 1, "bc"),
            new TextDelta(Task.RESEARCH, 3, "\uD83C\uDF75d"));
    log.text(Task.RESEARCH, "e");
    assertThat(readAfter(4).getFirst().event()).isEqualTo(new TextDelta(Task.RESEARCH, 5, "e"));
  }

  @Test
  void half_a_character_waits_for_its_other_half() {
    write(Task.WRITE, "x\uD83C", "\uDF75y");
    assertThat(readAfter(1).stream().map(LoggedEvent::event))
        .containsExactly(
            new TextDelta(Task.WRITE, 0, "x"), new TextDelta(Task.WRITE, 1, "\uD83C\uDF75y"));
    assertThat(log.textOf(Task.WRITE)).isEqualTo("x\uD83C\uDF75y");
  }

  @Test
  void halves_that_never_meet_become_replacement_characters() {
    write(Task.WRITE, "a\uD83Cb", "\uDF75c\uD83C", "d");
    assertThat(log.textOf(Task.WRITE)).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
  }

  @Test
  void what_a_failed_flush_may_have_stored_is_sent_again_as_it_was() {
    write(Task.WRITE, "a", "b");
    Unstored first = log.tryBeginFlush();
    log.endFlush(first, false);
    log.text(Task.WRITE, "c");
    Unstored second = log.tryBeginFlush();
    int sentBefore = first.batch().entries().size();
    assertThat(second.batch().entries().subList(0, sentBefore)).isEqualTo(first.batch().entries());
    assertThat(second.batch().entries()).hasSize(sentBefore + 1);
    TextRun rest = (TextRun) second.batch().entries().getLast();
    assertThat(rest.text()).isEqualTo("c");
    assertThat(rest.first()).isEqualTo(4);
    log.endFlush(second, true);
    log.text(Task.WRITE, "d");
    assertThat(log.tryBeginFlush().batch().entries()).hasSize(1);
  }

  @Test
  void nobody_flushes_a_log_twice_at_a_time() {
    write(Task.WRITE, "a");
    Unstored first = log.tryBeginFlush();
    assertThat(log.tryBeginFlush()).isNull();
    log.endFlush(first, true);
    assertThat(log.tryBeginFlush()).isNotNull();
  }

  @Test
  void a_restarted_task_begins_at_offset_0_and_what_it_had_written_can_still_be_read() {
    write(Task.EDIT, "first");
    log.restart(Task.EDIT, JobEvent.TaskRestarted.Reason.INVALID_OUTPUT);
    log.text(Task.EDIT, "second");
    assertThat(readAfter(0).stream().map(LoggedEvent::event))
        .containsExactly(
            new JobEvent.TaskStarted(Task.EDIT),
            new TextDelta(Task.EDIT, 0, "first"),
            new JobEvent.TaskRestarted(Task.EDIT, JobEvent.TaskRestarted.Reason.INVALID_OUTPUT),
            new TextDelta(Task.EDIT, 0, "second"));
    assertThat(log.textOf(Task.EDIT)).isEqualTo("second");
  }

  @Test
  void what_is_stored_has_one_run_for_pieces_that_follow_each_other_and_knows_where_each_ends() {
    write(Task.SOCIAL, "a", "\uD83C\uDF75b");
    log.start(Task.AUDIO, "v", Instant.now());
    log.text(Task.AUDIO, "z");
    log.text(Task.SOCIAL, "c");
    Unstored unstored = log.tryBeginFlush();
    log.endFlush(unstored, true);
    List<LogEntry> entries = unstored.batch().entries();
    assertThat(entries).extracting(LogEntry::first).containsExactly(1L, 2L, 4L, 5L, 6L);
    TextRun run = (TextRun) entries.get(1);
    assertThat(run.text()).isEqualTo("a\uD83C\uDF75b");
    assertThat(run.ends()).containsExactly(1, 3);
    assertThat(run.last()).isEqualTo(3);
    assertThat(((TextRun) entries.getLast()).offset()).isEqualTo(3);
    assertThat(unstored.starts()).hasSize(2);
    Unstored nothing = log.tryBeginFlush();
    log.endFlush(nothing, true);
    assertThat(nothing.batch().entries()).isEmpty();
    assertThat(nothing.starts()).isEmpty();
  }

  @Test
  void what_could_not_be_stored_is_there_the_next_time() {
    write(Task.RESEARCH, "a");
    log.endFlush(log.tryBeginFlush(), false);
    Unstored again = log.tryBeginFlush();
    log.endFlush(again, true);
    assertThat(again.batch().entries()).hasSize(2);
    assertThat(again.starts()).hasSize(1);
  }

  @Test
  void events_of_a_commit_are_seen_when_it_is_done_and_not_when_it_fails() {
    write(Task.RESEARCH, "a");
    List<JobEvent> events = List.of(new JobEvent.Progress(1, 2, java.util.Optional.empty()));
    Unstored failing = log.beginCommit(events);
    assertThat(failing.batch().entries()).hasSize(3);
    assertThat(readAfter(2)).isEmpty();
    log.endCommit(failing, events, false);
    assertThat(readAfter(2)).isEmpty();
    Unstored done = log.beginCommit(events);
    assertThat(done.batch().entries().getLast().last()).isEqualTo(3);
    log.endCommit(done, events, true);
    assertThat(readAfter(2)).extracting(LoggedEvent::seq).containsExactly(3L);
  }

  @Test
  void nobody_appends_while_a_commit_is_under_way() throws InterruptedException {
    write(Task.RESEARCH, "a");
    List<JobEvent> events = List.of(new JobEvent.Progress(1, 2, java.util.Optional.empty()));
    Unstored commit = log.beginCommit(events);
    CountDownLatch wrote = new CountDownLatch(1);
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  log.text(Task.RESEARCH, "b");
                  wrote.countDown();
                });
    assertThat(wrote.await(50, TimeUnit.MILLISECONDS)).isFalse();
    log.endCommit(commit, events, true);
    writer.join();
    assertThat(readAfter(2).stream().map(LoggedEvent::event))
        .containsExactly(events.getFirst(), new TextDelta(Task.RESEARCH, 1, "b"));
  }

  @Test
  void a_writer_waits_when_readers_would_be_too_far_ahead_of_the_store()
      throws InterruptedException {
    log.start(Task.WRITE, "v", Instant.now());
    AtomicBoolean through = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < JobLog.MAX_AHEAD; i++) {
                    log.text(Task.WRITE, "x");
                  }
                  through.set(true);
                });
    assertThat(log.await(JobLog.MAX_AHEAD - 1, TimeUnit.SECONDS.toNanos(20))).isTrue();
    writer.join(java.time.Duration.ofMillis(50));
    assertThat(through).isFalse();
    log.endFlush(log.tryBeginFlush(), true);
    writer.join();
    assertThat(through).isTrue();
    assertThat(readAfter(0).getLast().seq()).isEqualTo(JobLog.MAX_AHEAD + 1L);
  }

  @Test
  void a_reader_far_behind_gets_the_text_joined_and_loses_none() {
    log.start(Task.WRITE, "v", Instant.now());
    int pieces = JobLog.JOIN_BEHIND + 100;
    for (int i = 0; i < pieces; i++) {
      log.text(Task.WRITE, i % 2 == 0 ? "a" : "\uD83C\uDF75");
      if (i % 500 == 0) {
        log.endFlush(log.tryBeginFlush(), true);
      }
    }
    List<LoggedEvent> events = readAfter(0);
    assertThat(events).hasSize(2);
    assertThat(events.getLast().seq()).isEqualTo(pieces + 1L);
    String text = ((TextDelta) events.getLast().event()).text();
    assertThat(text.codePointCount(0, text.length())).isEqualTo(pieces);
  }

  @Test
  void a_reader_waits_for_more_and_is_let_go_when_the_log_is_closed() throws InterruptedException {
    assertThat(log.await(0, TimeUnit.MILLISECONDS.toNanos(1))).isFalse();
    Thread writer = Thread.ofVirtual().start(() -> write(Task.RESEARCH));
    assertThat(log.await(0, TimeUnit.SECONDS.toNanos(20))).isTrue();
    writer.join();
    Thread closer = Thread.ofVirtual().start(log::close);
    assertThat(log.await(1, TimeUnit.SECONDS.toNanos(20))).isFalse();
    closer.join();
    assertThat(log.isClosed()).isTrue();
  }

  @Test
  void reading_stops_at_the_end_of_the_job() {
    Map<Format, FormatResult> results = Map.of(Format.BLOG, new FormatResult.Ready());
    List<JobEvent> end = List.of(new JobEvent.Completed(JobStatus.COMPLETED, results));
    log.endCommit(log.beginCommit(end), end, true);
    assertThat(log.read(0, 10, new ArrayList<>())).isTrue();
  }

  @Test
  void numbers_go_on_after_those_of_the_store() {
    JobLog second = new JobLog(log.id(), 2, 1_040, Clock.systemUTC());
    second.append(new JobEvent.TaskStarted(Task.RESEARCH));
    List<LoggedEvent> out = new ArrayList<>();
    second.read(1_040, 10, out);
    assertThat(out).extracting(LoggedEvent::seq).containsExactly(1_041L);
  }

  @Test
  void a_task_that_has_not_begun_cannot_write() {
    assertThatThrownBy(() -> log.text(Task.VIDEO, "x")).isInstanceOf(IllegalStateException.class);
  }
}
