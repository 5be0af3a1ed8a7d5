package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.TokenUsage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private final Answer answer = new Answer();

  @Test
  void text_that_came_together_leaves_together() {
    byte[] bytes = "[one two]".getBytes(StandardCharsets.UTF_8);
    answer.text(bytes, 1, 4);
    answer.text(bytes, 4, 8);
    answer.text(" \u05E9\u05DC\u05D5\u05DD \u20AC \uD83D\uDE00");
    assertThat(answer.take()).isEqualTo("one two \u05E9\u05DC\u05D5\u05DD \u20AC \uD83D\uDE00");
    assertThat(answer.take()).isEmpty();
    assertThat(answer.bytes()).isEqualTo(8 + 8 + 1 + 3 + 1 + 4);
  }

  @Test
  void a_character_in_two_halves_is_whole_when_it_leaves() {
    answer.text("a\uD83D");
    assertThat(answer.take()).isEqualTo("a");
    answer.text("\uDE00b");
    assertThat(answer.take()).isEqualTo("\uD83D\uDE00b");
  }

  @Test
  void a_half_that_stays_alone_is_replaced() {
    answer.text("a\uD83D");
    answer.text("b\uDE00");
    assertThat(answer.take()).isEqualTo("a\uFFFDb\uFFFD");
    answer.text("\uD83D");
    answer.text(new byte[] {'c'}, 0, 1);
    assertThat(answer.take()).isEqualTo("\uFFFDc");
    answer.text("\uD83D\uD83D\uDE00");
    assertThat(answer.take()).isEqualTo("\uFFFD\uD83D\uDE00");
  }

  @Test
  void a_half_at_the_very_end_is_replaced() {
    answer.text("a\uD83D");
    answer.finished(Finish.STOP);
    assertThat(answer.take()).isEqualTo("a\uFFFD");
  }

  @Test
  void bytes_that_are_no_utf_8_are_replaced() {
    answer.text(new byte[] {'a', (byte) 0xFF, 'b'}, 0, 3);
    assertThat(answer.take()).isEqualTo("a\uFFFDb");
  }

  @Test
  void a_token_is_text_or_a_thought() {
    assertThat(answer.takeToken()).isFalse();
    answer.text("");
    answer.text(new byte[1], 0, 0);
    assertThat(answer.takeToken()).isFalse();
    answer.thought();
    assertThat(answer.takeToken()).isTrue();
    assertThat(answer.takeToken()).isFalse();
    answer.text("a");
    assertThat(answer.takeToken()).isTrue();
  }

  @Test
  void counts_that_make_no_sense_are_taken_as_unknown() {
    answer.tokens(-1, 5);
    assertThat(answer.tokens()).isEqualTo(new TokenUsage(0, 5));
  }
}
