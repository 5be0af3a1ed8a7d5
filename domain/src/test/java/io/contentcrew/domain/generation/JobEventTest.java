package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobEventTest {
  private static final Map<Format, FormatResult> RESULTS =
      Map.of(Format.BLOG, new FormatResult.Ready());
  private static final Engine ENGINE =
      new Engine(new EngineName("offline"), new ModelName("m"), true);

  @Test
  void a_piece_of_text_has_text_at_an_offset_from_zero() {
    assertThat(new JobEvent.TextDelta(Task.WRITE, 0, "x").text()).isEqualTo("x");
    assertThatThrownBy(() -> new JobEvent.TextDelta(Task.WRITE, -1, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JobEvent.TextDelta(Task.WRITE, 0, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void progress_goes_from_none_to_all() {
    assertThat(new JobEvent.Progress(0, 6, Optional.empty()).done()).isZero();
    assertThat(new JobEvent.Progress(6, 6, Optional.empty()).done()).isEqualTo(6);
    assertThatThrownBy(() -> new JobEvent.Progress(-1, 6, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JobEvent.Progress(7, 6, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void each_end_says_in_which_state_the_job_ended() {
    assertThat(new JobEvent.Completed(JobStatus.PARTIAL, RESULTS).status())
        .isEqualTo(JobStatus.PARTIAL);
    assertThat(new JobEvent.Failed(new Failure(Failure.Code.LLM_ERROR, "m"), RESULTS).status())
        .isEqualTo(JobStatus.FAILED);
    assertThat(new JobEvent.Cancelled(RESULTS).status()).isEqualTo(JobStatus.CANCELLED);
    for (JobStatus status : JobStatus.values()) {
      if (status != JobStatus.COMPLETED && status != JobStatus.PARTIAL) {
        assertThatThrownBy(() -> new JobEvent.Completed(status, RESULTS))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void what_an_event_holds_cannot_be_changed() {
    assertThatThrownBy(() -> new JobEvent.Cancelled(RESULTS).results().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> new JobEvent.JobStarted(ENGINE, List.of(Task.EDIT)).tasks().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_stored_artifact_counts_its_versions_from_one() {
    BlogPost post = new BlogPost("t", "i", List.of(), "c");

    assertThat(new StoredArtifact(post, 1, List.of(), ENGINE, false, Instant.EPOCH).version())
        .isEqualTo(1);
    assertThatThrownBy(() -> new StoredArtifact(post, 0, List.of(), ENGINE, false, Instant.EPOCH))
        .hasMessageContaining("from 1");
  }

  @Test
  void tokens_add_up_and_are_never_negative() {
    assertThat(new TokenUsage(1, 2).plus(new TokenUsage(10, 20))).isEqualTo(new TokenUsage(11, 22));
    assertThatThrownBy(() -> new TokenUsage(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenUsage(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_prompt_shows_nothing_of_its_text_and_its_copies_change_what_they_say() {
    Prompt prompt =
        new Prompt(
            Task.WRITE,
            Brief.about("secret topic"),
            new ModelName("m"),
            "write@1",
            "system",
            "user secret",
            Sampling.of(0.7),
            100,
            Optional.empty());

    assertThat(prompt.toString()).isEqualTo("Prompt[write@1 for m]");
    assertThat(prompt.withUser("u").user()).isEqualTo("u");
    assertThat(prompt.withMaxTokens(7).maxTokens()).isEqualTo(7);
    assertThat(prompt.withModel(new ModelName("n")).model()).isEqualTo(new ModelName("n"));
    assertThat(prompt.withSampling(Sampling.of(0.7).withSeed(5)).sampling().seed())
        .isEqualTo(OptionalLong.of(5));
    assertThatThrownBy(() -> prompt.withMaxTokens(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dice_have_a_sensible_temperature_and_penalty() {
    for (double wrong : new double[] {-0.1, 2.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Sampling.of(wrong)).hasMessageContaining("temperature");
    }
    for (double wrong : new double[] {0.9, 2.1, Double.NaN}) {
      assertThatThrownBy(() -> new Sampling(1, wrong, OptionalLong.empty()))
          .hasMessageContaining("penalty");
    }
  }

  @Test
  void each_task_writes_prose_or_a_shape_and_yields_its_format() {
    for (Task task : Task.values()) {
      boolean prose = List.of(Task.RESEARCH, Task.WRITE, Task.EDIT).contains(task);
      assertThat(task.writesProse()).as("%s", task).isEqualTo(prose);
      assertThat(task.agent().role()).isNotBlank();
      assertThat(task.agent().goal()).isNotBlank();
    }
    assertThat(Task.EDIT.yields()).contains(Format.BLOG);
    assertThat(Task.RESEARCH.yields()).isEmpty();
    assertThat(Task.WRITE.yields()).isEmpty();
  }

  @Test
  void each_length_has_its_words() {
    assertThat(Length.SHORT.articleWords()).isLessThan(Length.MEDIUM.articleWords());
    assertThat(Length.MEDIUM.articleWords()).isLessThan(Length.LONG.articleWords());
    for (Length length : Length.values()) {
      assertThat(length.spokenWords()).isEqualTo(length.spokenMinutes() * 150);
    }
  }
}
