package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.sdk.GenerationRefusedException;
import io.contentcrew.testkit.FakeOllama;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WithOllamaTest {
  @Test
  void the_model_of_the_free_tier_is_asked_for_notes_draft_and_article() throws Exception {
    try (FakeOllama ollama = FakeOllama.start().having("llama3.2:1b")) {
      String printed = Printed.by(() -> WithOllama.main(address(ollama)));
      assertThat(printed)
          .startsWith("COMPLETED, by llama3.2:1b on ollama")
          .contains("\n# Solar power for small shops");
      assertThat(ollama.chats()).hasSize(3);
    }
  }

  @Test
  void a_missing_model_is_refused_with_the_command_that_fetches_it() {
    try (FakeOllama ollama = FakeOllama.start().having("another")) {
      assertThatThrownBy(() -> WithOllama.main(address(ollama)))
          .isInstanceOf(GenerationRefusedException.class)
          .hasMessageContaining("ollama pull llama3.2:1b");
    }
  }

  private static String[] address(FakeOllama ollama) {
    return new String[] {ollama.url().toString()};
  }
}
