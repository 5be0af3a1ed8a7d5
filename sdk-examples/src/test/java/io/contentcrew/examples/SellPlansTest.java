package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SellPlansTest {
  @Test
  void the_plan_comes_with_the_word_of_the_provider() throws Exception {
    assertThat(Printed.by(() -> SellPlans.main(new String[0])).lines())
        .containsExactly(
            "Ada pays at pay.example.com",
            "Back from the page she is on free",
            "When the provider has told she is on basic");
  }
}
