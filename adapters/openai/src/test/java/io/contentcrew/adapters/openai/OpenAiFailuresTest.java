package io.contentcrew.adapters.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Limits;
import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Timeouts;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.testkit.FakeAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every way in which such a server lets one down, and what is said of it. */
class OpenAiFailuresTest extends OpenAiTest {
  private static final String EMOJI_AND_HEBREW =
      "\u05E9\u05DC\u05D5\u05DD \uD83D\uDE00\uD83D\uDC4D";

  private PortException failure(FakeAnswer answer) {
    ollama.always(answer);
    return failure(generator());
  }

  @Test
  void transport_chunks_of_one_byte_change_nothing() throws Exception {
    ollama.always(FakeAnswer.writing(EMOJI_AND_HEBREW, " and", " more").byteByByte());
    Completion completion = generator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo(EMOJI_AND_HEBREW + " and more");
    assertThat(completion.finish()).isEqualTo(Finish.STOP);
  }

  @Test
  void an_end_without_a_reason_is_incomplete_and_the_text_is_kept() {
    PortException failure = failure(FakeAnswer.writing("Once", " upon").endingBeforeDone());
    assertThat(fault(failure)).isEqualTo(ModelFault.INCOMPLETE);
    assertThat(text()).isEqualTo("Once upon");
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void the_mark_of_the_end_without_a_reason_is_incomplete_too() {
    PortException failure = failure(FakeAnswer.writing("Once").thenRaw("data: [DONE]\n\n"));
    assertThat(fault(failure)).isEqualTo(ModelFault.INCOMPLETE);
  }

  @Test
  void a_reset_after_a_token_is_incomplete_and_not_tried_again() {
    PortException failure = failure(FakeAnswer.writing("Once").thenResetting());
    assertThat(fault(failure)).isEqualTo(ModelFault.INCOMPLETE);
    assertThat(text()).isEqualTo("Once");
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_malformed_line_is_a_fault_of_protocol_and_its_number_is_told() {
    PortException failure =
        failure(FakeAnswer.writing("Once").thenRaw("data: {\"choices\":[}\n\n").thenWriting("no"));
    assertThat(fault(failure)).isEqualTo(ModelFault.PROTOCOL);
    assertThat(failure).hasMessageStartingWith("Line 3 of the answer is no JSON object");
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void an_event_that_ends_in_the_middle_of_its_json_is_a_fault_of_protocol() {
    PortException failure =
        failure(FakeAnswer.writing("Once").thenRaw("data: {\"choices\":[\n\n").thenWriting("no"));
    assertThat(fault(failure)).isEqualTo(ModelFault.PROTOCOL);
    assertThat(failure).hasMessageStartingWith("Line 4");
  }

  @Test
  void an_error_in_the_middle_is_told_in_the_words_of_the_server() {
    PortException failure = failure(FakeAnswer.writing("Once").thenError("CUDA: no memory"));
    assertThat(fault(failure)).isEqualTo(ModelFault.MODEL_ERROR);
    assertThat(failure).hasMessageContaining("\"CUDA: no memory\"");
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void errors_of_other_servers_are_understood() {
    for (String error :
        new String[] {
          "data: {\"error\":\"no memory\"}\n\n",
          "data: {\"object\":\"error\",\"message\":\"no memory\",\"code\":500}\n\n",
          "data: {\"error\":{\"message\":\"no memory\",\"code\":null},\"choices\":[]}\n\n"
        }) {
      PortException failure = failure(FakeAnswer.writing("Once").thenRaw(error));
      assertThat(fault(failure)).isEqualTo(ModelFault.MODEL_ERROR);
      assertThat(failure).hasMessageContaining("no memory");
    }
    String reason = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n";
    assertThat(fault(failure(FakeAnswer.writing("Once").thenRaw(reason))))
        .isEqualTo(ModelFault.MODEL_ERROR);
  }

  @Test
  void a_limit_that_is_reached_within_the_answer_is_busy_and_tried_again() throws Exception {
    String limit = "data: {\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}\n\n";
    ollama.next(FakeAnswer.writing().thenRaw(limit)).always(FakeAnswer.writing("Once"));
    generator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once");
    assertThat(fault(failure(FakeAnswer.writing().thenRaw(limit)))).isEqualTo(ModelFault.BUSY);
  }

  @Test
  void too_many_requests_are_busy_and_the_time_to_wait_is_told() {
    PortException failure = failure(FakeAnswer.tooMany("60"));
    assertThat(fault(failure)).isEqualTo(ModelFault.BUSY);
    assertThat(((ModelUnavailableException) failure).retryAfter()).contains(Duration.ofSeconds(60));
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_full_server_is_busy() {
    PortException failure = failure(FakeAnswer.busy());
    assertThat(fault(failure)).isEqualTo(ModelFault.BUSY);
    assertThat(ollama.chats()).hasSize(2);
  }

  @Test
  void a_wrong_key_is_refused_and_never_shown() {
    ollama.wantingKey("right");
    String key = "sk-very-secret-key";
    PortException failure = failure(generator(config -> config.withApiKey(Secret.of(key))));
    assertThat(fault(failure)).isEqualTo(ModelFault.REJECTED);
    assertThat(failure).hasMessageContaining("Check the key").hasMessageContaining("401");
    assertThat(failure.toString()).doesNotContain(key);
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_key_that_the_server_repeats_is_never_shown() {
    String key = "sk-very-secret-key";
    ollama.always(FakeAnswer.unauthorized("Incorrect API key: " + key));
    assertThat(failure(generator(config -> config.withApiKey(Secret.of(key)))).getMessage())
        .doesNotContain(key, "Incorrect");
    ollama.always(FakeAnswer.failing(500, "crash while using " + key));
    assertThat(failure(generator(config -> config.withApiKey(Secret.of(key)))).getMessage())
        .doesNotContain(key)
        .contains("crash while using ***");
  }

  @Test
  void a_missing_right_is_refused() {
    PortException failure = failure(FakeAnswer.failing(403, "not for you"));
    assertThat(fault(failure)).isEqualTo(ModelFault.REJECTED);
    assertThat(failure).hasMessageContaining("its rights");
  }

  @Test
  void a_missing_model_is_told_with_what_to_do() {
    PortException failure = failure(FakeAnswer.modelMissing());
    assertThat(fault(failure)).isEqualTo(ModelFault.MODEL_MISSING);
    assertThat(failure).hasMessageContaining("llama3.2:1b").hasMessageContaining("map its name");
  }

  @Test
  void a_wrong_path_is_a_fault_of_protocol() {
    PortException failure = failure(FakeAnswer.whole(404, "text/plain", "404 page not found"));
    assertThat(fault(failure)).isEqualTo(ModelFault.PROTOCOL);
    assertThat(failure).hasMessageContaining("Correct the address");
  }

  @Test
  void a_wrong_request_is_refused_and_not_tried_again() {
    PortException failure = failure(FakeAnswer.badRequest("Use 'max_completion_tokens' instead"));
    assertThat(fault(failure)).isEqualTo(ModelFault.REJECTED);
    assertThat(failure).hasMessageContaining("max_completion_tokens");
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_crash_is_tried_again_and_then_told() {
    PortException failure = failure(FakeAnswer.serverError());
    assertThat(fault(failure)).isEqualTo(ModelFault.MODEL_ERROR);
    assertThat(ollama.chats()).hasSize(2);
  }

  @Test
  void a_page_is_a_fault_of_protocol_that_names_its_type() {
    PortException failure = failure(FakeAnswer.html());
    assertThat(fault(failure)).isEqualTo(ModelFault.PROTOCOL);
    assertThat(failure).hasMessageContaining("text/html");
  }

  @Test
  void a_server_that_is_away_is_unreachable() {
    ollama.stop();
    PortException failure = failure(generator());
    assertThat(fault(failure)).isEqualTo(ModelFault.UNREACHABLE);
    assertThat(failure).hasMessageContaining("Check that it is up");
  }

  @Test
  void a_connection_that_is_lost_before_the_first_token_is_tried_again() throws Exception {
    ollama.next(FakeAnswer.resetting()).always(FakeAnswer.writing("Once"));
    generator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void no_first_token_and_no_further_token_have_their_own_limits() {
    Timeouts impatient =
        new Timeouts(Duration.ofSeconds(5), Fixtures.SHORT, Fixtures.SHORT, Fixtures.LONG);
    ollama.always(FakeAnswer.silence());
    assertThat(fault(failure(generator(c -> Fixtures.withTimeouts(c, impatient)))))
        .isEqualTo(ModelFault.FIRST_TOKEN_TIMEOUT);
    ollama.always(FakeAnswer.writing("Once").thenStalling());
    assertThat(fault(failure(generator(c -> Fixtures.withTimeouts(c, impatient)))))
        .isEqualTo(ModelFault.STALLED);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void comments_keep_a_connection_alive_but_are_no_tokens() {
    Timeouts gap =
        new Timeouts(Duration.ofSeconds(5), Fixtures.LONG, Fixtures.SHORT, Fixtures.LONG);
    FakeAnswer answer = FakeAnswer.writing("Once");
    for (int i = 0; i < 400; i++) {
      answer = answer.thenRaw(": still here\n\n").pausing(Duration.ofMillis(50));
    }
    ollama.always(answer);
    assertThat(fault(failure(generator(c -> Fixtures.withTimeouts(c, gap)))))
        .isEqualTo(ModelFault.STALLED);
  }

  @Test
  void the_first_chunk_that_only_names_the_role_is_no_token() {
    Timeouts first =
        new Timeouts(Duration.ofSeconds(5), Fixtures.SHORT, Fixtures.LONG, Fixtures.LONG);
    String role = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    ollama.always(FakeAnswer.writing().thenRaw(role).thenStalling());
    assertThat(fault(failure(generator(c -> Fixtures.withTimeouts(c, first)))))
        .isEqualTo(ModelFault.FIRST_TOKEN_TIMEOUT);
  }

  @Test
  void an_answer_that_ran_out_of_room_or_was_filtered_is_told_so() throws Exception {
    ollama.always(FakeAnswer.writing("Once").endingWith("length"));
    assertThat(generator().generate(prompt, pieces::add).finish()).isEqualTo(Finish.LENGTH);
    ollama.always(FakeAnswer.writing("Once").endingWith("content_filter"));
    assertThat(generator().generate(prompt, pieces::add).finish()).isEqualTo(Finish.FILTERED);
  }

  @Test
  void counts_that_never_come_are_zero() throws Exception {
    ollama.always(FakeAnswer.writing("Once").withoutCounts());
    Completion completion = generator().generate(prompt, pieces::add);
    assertThat(completion.tokens()).isEqualTo(TokenUsage.NONE);
    assertThat(completion.timings().prefill()).isPositive();
  }

  @Test
  void an_answer_without_text_is_empty() {
    assertThat(fault(failure(FakeAnswer.writing()))).isEqualTo(ModelFault.EMPTY);
    assertThat(fault(failure(FakeAnswer.writing().thenThinking("hm")))).isEqualTo(ModelFault.EMPTY);
  }

  @Test
  void blanks_and_lines_without_end_are_stopped() throws Exception {
    assertThat(fault(failure(FakeAnswer.writing("{").thenBlanks(400).thenStalling())))
        .isEqualTo(ModelFault.TOO_LARGE);
    ollama.always(FakeAnswer.writing("Once").thenOverlongLine(1L << 40));
    PortException failure =
        failure(generator(c -> c.withHttp(c.http().withLimits(new Limits(100_000, 1 << 20)))));
    assertThat(fault(failure)).isEqualTo(ModelFault.TOO_LARGE);
    assertThat(ollama.chats().getLast().awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
  }
}
