package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QuickStartTest {
  @Test
  void it_prints_a_blog_post_as_markdown() throws Exception {
    String printed = Printed.by(() -> QuickStart.main(new String[0]));
    assertThat(printed).startsWith("# ").containsIgnoringCase("solar power for small shops");
    assertThat(printed.lines().filter(line -> line.startsWith("## "))).hasSizeGreaterThan(3);
    assertThat(printed.split("\\s+")).hasSizeBetween(245, 500);
  }
}
