package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.testkit.Prompts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerWordsTest {
  private static String quote(String words) {
    return ServerWords.quote(words, Prompts.aPrompt(), List.of("key-12345678"));
  }

  @Test
  void what_the_server_says_is_quoted_on_one_line() {
    assertThat(quote("out of\n\tmemory\u0000")).isEqualTo(": \"out of memory\"");
  }

  @Test
  void nothing_stays_nothing() {
    assertThat(quote(" \n ")).isEmpty();
  }

  @Test
  void long_words_are_cut_between_characters() {
    String quoted = quote("x".repeat(299) + "\uD83D\uDE00 and more");
    assertThat(quoted).isEqualTo(": \"" + "x".repeat(299) + "\u2026\"");
  }

  @Test
  void secrets_are_blotted_out() {
    assertThat(quote("bad key key-12345678!")).isEqualTo(": \"bad key ***!\"");
  }

  @Test
  void words_that_quote_the_prompt_are_left_out() {
    String prompt = Prompts.aPrompt().user();
    assertThat(quote("cannot parse '" + prompt + "'")).isEmpty();
    assertThat(quote("near: " + prompt.substring(3, 30) + "...")).isEmpty();
    assertThat(quote("system was: " + Prompts.aPrompt().system())).isEmpty();
    assertThat(ServerWords.quote("what is a dog?", Prompts.aPrompt().withUser("a dog"), List.of()))
        .isEmpty();
  }
}
