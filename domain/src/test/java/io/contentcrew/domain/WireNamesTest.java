package io.contentcrew.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.JobEvent.TaskRestarted;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Origin;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.generation.Tone;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WireNamesTest {
  private final Locale locale = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(locale);
  }

  private record Names<T extends Enum<T>>(
      T[] values, Function<T, String> wireName, Function<String, Optional<T>> ofWireName) {
    void check() {
      for (T value : values) {
        String name = wireName.apply(value);
        assertThat(name).isEqualTo(value.name().toLowerCase(Locale.ROOT)).matches("[a-z_]+");
        assertThat(ofWireName.apply(name)).contains(value);
        for (String other : new String[] {value.name(), name + " ", " " + name, name + "s", ""}) {
          assertThat(ofWireName.apply(other)).as("'%s'", other).isEmpty();
        }
      }
    }
  }

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of(new Names<>(Format.values(), Format::wireName, Format::ofWireName)),
        Arguments.of(new Names<>(Tone.values(), Tone::wireName, Tone::ofWireName)),
        Arguments.of(new Names<>(Length.values(), Length::wireName, Length::ofWireName)),
        Arguments.of(new Names<>(Task.values(), Task::wireName, Task::ofWireName)),
        Arguments.of(new Names<>(TaskState.values(), TaskState::wireName, TaskState::ofWireName)),
        Arguments.of(new Names<>(Origin.values(), Origin::wireName, Origin::ofWireName)),
        Arguments.of(new Names<>(JobStatus.values(), JobStatus::wireName, JobStatus::ofWireName)),
        Arguments.of(
            new Names<>(
                Finding.Severity.values(),
                Finding.Severity::wireName,
                Finding.Severity::ofWireName)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_wire_name_is_in_lower_case_and_names_nothing_else(Names<?> names) {
    names.check();
  }

  /** In Turkish, i and I are no pair. */
  @ParameterizedTest
  @MethodSource("names")
  void a_wire_name_does_not_depend_on_where_the_program_runs(Names<?> names) {
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));

    names.check();
  }

  @Test
  void results_and_reasons_have_names_too() {
    Failure failure = new Failure(Failure.Code.LLM_TIMEOUT, "message");

    assertThat(new FormatResult.Open().wireName()).isEqualTo("open");
    assertThat(new FormatResult.Ready().wireName()).isEqualTo("ready");
    assertThat(new FormatResult.Failed(failure).wireName()).isEqualTo("failed");
    assertThat(TaskRestarted.Reason.INVALID_OUTPUT.wireName()).isEqualTo("invalid_output");
    assertThat(Failure.Code.LLM_TIMEOUT.words()).isEqualTo("llm timeout");
  }
}
