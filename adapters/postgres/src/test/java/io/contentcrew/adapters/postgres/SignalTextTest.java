package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Signal;
import io.contentcrew.testkit.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTextTest {
  private static List<Signal> read(List<String> texts) {
    return texts.stream().flatMap(text -> SignalText.read(text).stream()).toList();
  }

  @Test
  void signals_are_read_as_they_were_written() {
    List<Signal> signals =
        List.of(
            new Signal(Kind.GROWN, new JobId(new UUID(0, 0))),
            new Signal(Kind.CANCEL, new JobId(new UUID(-1, -1))),
            new Signal(Kind.CANCEL, Fixtures.aJobId()));
    assertThat(SignalText.of(signals)).hasSize(1);
    assertThat(read(SignalText.of(signals))).isEqualTo(signals);
    assertThat(SignalText.of(List.of())).isEmpty();
  }

  @Test
  void many_signals_take_as_many_texts_as_postgresql_takes_in_one() {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      signals.add(new Signal(Kind.GROWN, Fixtures.aJobId()));
    }
    List<String> texts = SignalText.of(signals);
    assertThat(texts).hasSize(3).allMatch(text -> text.length() <= SignalText.LONGEST);
    assertThat(read(texts)).isEqualTo(signals);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "2gAAAAAAAAAAAAAAAAAAAAAA",
        "hello",
        "1g",
        "1gAAAAAAAAAAAAAAAAAAAA!A",
        "1gAAAAAAAAAAAAAAAAAAAA==",
        "1xAAAAAAAAAAAAAAAAAAAAAA",
        "1gAAAAAAAAAAAAAAAAAAAAAAg"
      })
  void what_is_not_known_is_left_out(String text) {
    assertThat(SignalText.read(text)).isEmpty();
  }

  @Test
  void what_is_known_is_read_beside_what_is_not() {
    Signal known = new Signal(Kind.CANCEL, Fixtures.aJobId());
    String text = SignalText.of(List.of(known)).getFirst();
    assertThat(SignalText.read("1xAAAAAAAAAAAAAAAAAAAAAA" + text.substring(1)))
        .containsExactly(known);
  }
}
