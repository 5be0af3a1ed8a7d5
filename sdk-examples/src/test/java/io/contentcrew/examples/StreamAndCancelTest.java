package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StreamAndCancelTest {
  @Test
  void words_come_one_by_one_and_a_cancelled_job_keeps_and_gives_back() throws Exception {
    List<String> pieces = Printed.piecesBy(() -> StreamAndCancel.main(new String[0]));
    String printed = String.join("", pieces);
    assertThat(pieces).as("the words were not printed at the end").hasSizeGreaterThan(100);
    assertThat(printed)
        .containsSubsequence(
            "[Researcher]",
            "[Social media specialist]",
            "## LinkedIn",
            "The job is COMPLETED.",
            "The other job is CANCELLED.",
            "BLOG: ready",
            "VIDEO: failed",
            "BLOG=FormatUsage[used=1, reserved=0]",
            "SOCIAL=FormatUsage[used=1, reserved=0]",
            "VIDEO=FormatUsage[used=0, reserved=0]");
  }
}
