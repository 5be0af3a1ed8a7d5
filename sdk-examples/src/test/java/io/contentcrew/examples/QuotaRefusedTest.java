package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuotaRefusedTest {
  @Test
  void the_sixth_script_of_the_month_is_refused_with_limit_and_date() throws Exception {
    LocalDate firstOfNext = YearMonth.now(ZoneOffset.UTC).plusMonths(1).atDay(1);
    List<String> lines = Printed.by(() -> QuotaRefused.main(new String[0])).lines().toList();
    assertThat(lines)
        .containsExactly(
            "Episode 1 is written.",
            "Episode 2 is written.",
            "Episode 3 is written.",
            "Episode 4 is written.",
            "Episode 5 is written.",
            "The brief was not taken on: tier free allows no more pieces of audio (limit 5) until "
                + firstOfNext
                + "T00:00:00Z",
            "AUDIO: limit 5",
            "New ones from " + firstOfNext,
            "More with the tier basic");
  }
}
