package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final Failure FAILURE = new Failure(Failure.Code.LLM_TIMEOUT, "message");

  private static Job submitted() {
    return Job.submitted(
        new JobId(new UUID(1, 2)),
        new UserId(new UUID(3, 4)),
        Brief.about("Bees").withFormats(Format.BLOG, Format.VIDEO),
        TierId.FREE,
        UsagePeriod.calendarMonth(NOW),
        new Engine(new EngineName("offline"), new ModelName("m"), true),
        NOW);
  }

  @Test
  void a_submitted_job_waits_with_an_open_result_for_each_format() {
    Job job = submitted();

    assertThat(job.status()).isEqualTo(JobStatus.PENDING);
    assertThat(job.attempt()).isZero();
    assertThat(job.results())
        .isEqualTo(
            Map.of(Format.BLOG, new FormatResult.Open(), Format.VIDEO, new FormatResult.Open()));
    assertThat(job.failure()).isEmpty();
    assertThat(job.cancelRequested()).isFalse();
    assertThat(job.startedAt()).isEmpty();
    assertThat(job.finishedAt()).isEmpty();
    assertThat(job.crew().tasks())
        .containsExactly(Task.RESEARCH, Task.WRITE, Task.EDIT, Task.VIDEO);
  }

  @Test
  void a_job_has_one_result_for_each_format_of_its_brief() {
    Job job = submitted();
    Map<Format, FormatResult> other = new EnumMap<>(job.results());
    other.remove(Format.VIDEO);

    assertThatThrownBy(
            () ->
                new Job(
                    job.id(),
                    job.owner(),
                    job.brief(),
                    Optional.empty(),
                    Optional.empty(),
                    job.tier(),
                    job.usagePeriod(),
                    job.engine(),
                    job.status(),
                    0,
                    other,
                    Optional.empty(),
                    false,
                    NOW,
                    Optional.empty(),
                    Optional.empty()))
        .hasMessageContaining("one result for each format");
    assertThatThrownBy(() -> job.results().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "RR, false, COMPLETED", "RR, true, COMPLETED", "RF, false, PARTIAL", "RO, false, PARTIAL",
    "RF, true, CANCELLED", "RO, true, CANCELLED", "FF, false, FAILED", "OO, false, FAILED",
    "OF, false, FAILED", "FF, true, CANCELLED", "OO, true, CANCELLED"
  })
  void the_outcome_follows_from_the_results_and_from_whether_it_was_stopped(
      String results, boolean cancelled, JobStatus outcome) {
    Map<Format, FormatResult> map =
        Map.of(Format.BLOG, result(results.charAt(0)), Format.VIDEO, result(results.charAt(1)));

    assertThat(Job.outcome(map, cancelled)).isEqualTo(outcome);
  }

  private static FormatResult result(char letter) {
    return switch (letter) {
      case 'R' -> new FormatResult.Ready();
      case 'F' -> new FormatResult.Failed(FAILURE);
      default -> new FormatResult.Open();
    };
  }

  @Test
  void only_a_failed_format_has_a_reason() {
    assertThat(new FormatResult.Failed(FAILURE).reason()).contains(FAILURE);
    assertThat(new FormatResult.Ready().reason()).isEmpty();
    assertThat(new FormatResult.Open().reason()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void a_final_state_never_changes_and_the_others_can(JobStatus from) {
    for (JobStatus to : JobStatus.values()) {
      boolean allowed =
          switch (from) {
            case PENDING ->
                List.of(JobStatus.RUNNING, JobStatus.CANCELLED, JobStatus.FAILED).contains(to);
            case RUNNING -> to != JobStatus.RUNNING;
            default -> false;
          };
      assertThat(from.canBecome(to)).as("%s to %s", from, to).isEqualTo(allowed);
    }
    assertThat(from.isFinal()).isEqualTo(from != JobStatus.PENDING && from != JobStatus.RUNNING);
  }

  @ParameterizedTest
  @EnumSource(Failure.Code.class)
  void what_may_pass_is_worth_another_try(Failure.Code code) {
    assertThat(code.retryable())
        .isEqualTo(
            !List.of(
                    Failure.Code.MODEL_MISSING,
                    Failure.Code.UPSTREAM_FAILED,
                    Failure.Code.CANCELLED,
                    Failure.Code.INTERNAL_ERROR)
                .contains(code));
  }

  @Test
  void an_id_is_read_in_either_case() {
    JobId id = new JobId(UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd"));

    assertThat(JobId.parse(id.toString())).contains(id);
    assertThat(JobId.parse("01234567-89AB-7CDE-8F01-23456789ABCD")).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-2-3-4-5",
        "0123456789ab7cde8f0123456789abcd",
        "01234567-89ab-7cde-8f01-23456789abc",
        "01234567-89ab-7cde-8f01-23456789abcde",
        "001234567-89ab-7cde-8f01-3456789abcd",
        "01234567-89ab-7cde-08f01-3456789abcd",
        "+1234567-89ab-7cde-8f01-23456789abcd",
        "01234567-89ab-7cde-8f01-23456789abcg",
        "01234567_89ab_7cde_8f01_23456789abcd",
        " 1234567-89ab-7cde-8f01-23456789abcd",
        "{0123456-89ab-7cde-8f01-23456789abc}",
        "\u0660\u06601234567-9ab-7cde-8f01-23456789abcd"
      })
  void what_has_another_shape_is_no_id(String text) {
    assertThat(JobId.parse(text)).isEmpty();
  }

  @Test
  void a_task_begins_waiting_with_nothing() {
    JobTask task = JobTask.waiting(Task.WRITE);

    assertThat(task.state()).isEqualTo(TaskState.WAITING);
    assertThat(task.output()).isEmpty();
    assertThat(task.tokens()).isEqualTo(TokenUsage.NONE);
  }

  private static Job ofBlog() {
    return Job.submitted(
        new JobId(new UUID(1, 2)),
        new UserId(new UUID(3, 4)),
        Brief.about("Tea"),
        TierId.FREE,
        UsagePeriod.calendarMonth(NOW),
        submitted().engine(),
        NOW);
  }

  private static Revision revisionOf(Format format) {
    return new Revision(new JobId(new UUID(5, 6)), format, 3, Optional.of(" shorter\u0000 "));
  }

  @ParameterizedTest
  @CsvSource({"BLOG, EDIT", "SOCIAL, SOCIAL", "AUDIO, AUDIO", "VIDEO, VIDEO"})
  void a_revision_is_the_work_of_one_agent_who_waits_for_nobody(Format format, Task task) {
    Job plain = ofBlog();
    Job job =
        Job.submitted(
                plain.id(),
                plain.owner(),
                plain.brief().withFormats(format),
                plain.tier(),
                plain.usagePeriod(),
                plain.engine(),
                NOW)
            .revising(revisionOf(format));
    assertThat(job.crew().tasks()).containsExactly(task);
    assertThat(job.crew().ready(Set.of(), Set.of(), Set.of())).containsExactly(task);
    assertThat(job.crew().lostWith(task)).containsExactly(task);
    assertThat(job.revision().orElseThrow().nextVersion()).isEqualTo(4);
    assertThat(job.revision().orElseThrow().note()).contains("shorter");
  }

  @Test
  void a_revision_is_about_the_one_format_of_its_brief() {
    assertThatThrownBy(() -> ofBlog().revising(revisionOf(Format.VIDEO)))
        .hasMessageContaining("one format");
    assertThatThrownBy(() -> submitted().revising(revisionOf(Format.BLOG)))
        .hasMessageContaining("one format");
  }

  @Test
  void a_note_is_cleaned_and_has_a_limit() {
    assertThat(Revision.cleaned(Optional.of(" \n\u0007"))).isEmpty();
    String longest = "\uD83C\uDF75".repeat(Revision.MAX_NOTE);
    assertThat(Revision.cleaned(Optional.of(longest))).contains(longest);
    assertThatThrownBy(() -> Revision.cleaned(Optional.of(longest + "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_title_is_kept_through_the_end_of_the_job() {
    Job titled = ofBlog().titled(Optional.of(new Title(" Mine ")));
    Job over = titled.ended(JobStatus.CANCELLED, titled.results(), Optional.empty(), NOW);
    assertThat(over.title()).contains(new Title("Mine"));
    assertThat(over.titled(Optional.empty()).title()).isEmpty();
  }
}
