package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwnTextGeneratorTest {
  @Test
  void the_crew_delivers_what_the_own_generator_wrote() throws Exception {
    assertThat(Printed.by(() -> OwnTextGenerator.main(new String[0])))
        .startsWith("By function:")
        .contains("# Sourdough bread at home", "## A hot pot for an oven", "## Conclusion")
        .contains("change one thing with every loaf that follows.");
  }
}
