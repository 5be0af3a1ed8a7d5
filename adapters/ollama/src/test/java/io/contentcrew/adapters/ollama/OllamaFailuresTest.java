package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Limits;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.testkit.FakeAnswer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every way in which Ollama lets one down, and what is said of it. */
class OllamaFailuresTest extends OllamaTest {
  private static final String EMOJI_AND_HEBREW =
      "\u05E9\u05DC\u05D5\u05DD \uD83D\uDE00\uD83D\uDC4D\uD83C\uDFFD";

  private PortException failure(FakeAnswer answer) {
    ollama.always(answer);
    return failure(generator());
  }

  @Test
  void transport_chunks_of_one_byte_change_nothing() throws Exception {
    ollama.always(FakeAnswer.writing(EMOJI_AND_HEBREW, " and", " more").byteByByte());
    Completion completion = generator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo(EMOJI_AND_HEBREW + " and more");
    assertThat(pieces).doesNotContain("").noneMatch(piece -> piece.contains("\uFFFD"));
    assertThat(completion.finish()).isEqualTo(Finish.STOP);
  }

  @Test
  void an_end_before_done_is_incomplete_and_the_text_is_kept() {
    PortException failure = failure(FakeAnswer.writing("Once", " upon").endingBeforeDone());
    assertThat(fault(failure)).isEqualTo(ModelFault.INCOMPLETE);
    assertThat(failure).hasMessageContaining("after 2 lines");
    assertThat(text()).isEqualTo("Once upon");
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_reset_after_a_token_is_incomplete_and_not_tried_again() {
    PortException failure = failure(FakeAnswer.writing("Once").thenResetting());
    assertThat(fault(failure)).isEqualTo(ModelFault.INCOMPLETE);
    assertThat(failure)
        .hasMessageContaining("lost in the middle")
        .hasCauseInstanceOf(Exception.class);
    assertThat(text()).isEqualTo("Once");
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_connection_that_is_closed_in_the_middle_is_incomplete() {
    PortException failure = failure(FakeAnswer.writing("Once").thenHangingUp());
    assertThat(fault(failure)).isEqualTo(ModelFault.INCOMPLETE);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void a_line_that_is_cut_off_by_the_end_is_incomplete() {
    PortException failure =
        failure(FakeAnswer.writing("Once").thenRaw("{\"model\":\"x\",\"mess").endingBeforeDone());
    assertThat(fault(failure)).isEqualTo(ModelFault.INCOMPLETE);
  }

  @Test
  void a_malformed_line_is_a_fault_of_protocol_and_its_number_is_told() {
    PortException failure = failure(FakeAnswer.writing("Once", " upon").thenMalformedLine());
    assertThat(fault(failure)).isEqualTo(ModelFault.PROTOCOL);
    assertThat(failure).hasMessageStartingWith("Line 3 of the answer is no JSON object");
    assertThat(text()).isEqualTo("Once upon");
  }

  @Test
  void a_line_that_is_json_but_no_object_is_a_fault_of_protocol() {
    PortException failure = failure(FakeAnswer.writing("Once").thenRaw("[1]\n"));
    assertThat(fault(failure)).isEqualTo(ModelFault.PROTOCOL);
  }

  @Test
  void an_error_in_the_middle_is_told_in_the_words_of_the_server() {
    PortException failure = failure(FakeAnswer.writing("Once").thenError("CUDA error: no memory"));
    assertThat(fault(failure)).isEqualTo(ModelFault.MODEL_ERROR);
    assertThat(failure).hasMessageContaining("\"CUDA error: no memory\"");
    assertThat(text()).isEqualTo("Once");
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void an_error_as_the_first_line_is_tried_again() throws Exception {
    ollama.next(FakeAnswer.writing().thenError("crashed")).always(FakeAnswer.writing("Once"));
    generator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void a_full_queue_is_busy() {
    PortException failure = failure(FakeAnswer.busy());
    assertThat(fault(failure)).isEqualTo(ModelFault.BUSY);
    assertThat(failure)
        .hasMessageContaining("too much to do")
        .hasMessageContaining("maximum pending requests exceeded")
        .hasMessageEndingWith("Tried 2 times.");
    assertThat(ollama.chats()).hasSize(2);
  }

  @Test
  void a_page_is_a_fault_of_protocol_that_names_its_type() {
    PortException failure = failure(FakeAnswer.html());
    assertThat(fault(failure)).isEqualTo(ModelFault.PROTOCOL);
    assertThat(failure)
        .hasMessageContaining("text/html")
        .hasMessageContaining(ollama.url().toString())
        .hasMessageContaining("Correct the address");
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_redirect_is_not_followed() {
    PortException failure = failure(FakeAnswer.redirect(ollama.url() + "/elsewhere"));
    assertThat(fault(failure)).isEqualTo(ModelFault.PROTOCOL);
    assertThat(failure).hasMessageContaining("redirects are not followed");
    assertThat(ollama.requests("/elsewhere")).isEmpty();
  }

  @Test
  void an_answer_that_ran_out_of_room_is_told_to_be_cut() throws Exception {
    ollama.always(FakeAnswer.writing("Once").endingWith("length"));
    assertThat(generator().generate(prompt, pieces::add).finish()).isEqualTo(Finish.LENGTH);
  }

  @Test
  void counts_that_are_left_out_are_zero() throws Exception {
    ollama.always(FakeAnswer.writing("Once").withoutCounts());
    Completion completion = generator().generate(prompt, pieces::add);
    assertThat(completion.tokens()).isEqualTo(TokenUsage.NONE);
    assertThat(completion.timings().load()).isZero();
  }

  @Test
  void a_missing_model_is_told_with_the_command_whatever_the_wording() {
    for (FakeAnswer answer :
        new FakeAnswer[] {
          FakeAnswer.modelMissing(),
          FakeAnswer.modelMissingOtherwise(),
          FakeAnswer.whole(404, "text/plain", "404 page not found")
        }) {
      PortException failure = failure(answer);
      assertThat(fault(failure)).isEqualTo(ModelFault.MODEL_MISSING);
      assertThat(failure).hasMessageContaining("ollama pull llama3.2:1b");
    }
    assertThat(ollama.chats()).hasSize(3);
  }

  @Test
  void a_wrong_request_is_refused_and_not_tried_again() {
    PortException failure = failure(FakeAnswer.badRequest("\"m\" does not support thinking"));
    assertThat(fault(failure)).isEqualTo(ModelFault.REJECTED);
    assertThat(failure).hasMessageContaining("does not support thinking");
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_proxy_that_wants_a_password_refuses() {
    assertThat(fault(failure(FakeAnswer.unauthorized("who are you"))))
        .isEqualTo(ModelFault.REJECTED);
  }

  @Test
  void a_crash_of_the_model_is_tried_again_and_then_told() {
    PortException failure = failure(FakeAnswer.serverError());
    assertThat(fault(failure)).isEqualTo(ModelFault.MODEL_ERROR);
    assertThat(failure)
        .hasMessageContaining("llama runner process has terminated")
        .hasMessageEndingWith("Tried 2 times.");
    assertThat(ollama.chats()).hasSize(2);
  }

  @Test
  void a_connection_that_is_lost_before_the_first_token_is_tried_again_and_then_told() {
    for (FakeAnswer answer : new FakeAnswer[] {FakeAnswer.hangingUp(), FakeAnswer.resetting()}) {
      PortException failure = failure(answer);
      assertThat(fault(failure)).isEqualTo(ModelFault.UNREACHABLE);
      assertThat(failure)
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContaining("ollama serve");
    }
  }

  @Test
  void a_server_that_is_away_is_unreachable() {
    ollama.stop();
    PortException failure = failure(generator());
    assertThat(fault(failure)).isEqualTo(ModelFault.UNREACHABLE);
    assertThat(failure)
        .hasMessageContaining("connection refused")
        .hasMessageContaining(ollama.url().toString())
        .hasMessageContaining("ollama serve");
  }

  @Test
  void a_host_that_does_not_exist_is_unreachable() {
    OllamaConfig nowhere = OllamaConfig.of("http://no-such-host.invalid:11434");
    PortException failure =
        failure(
            adapter(Fixtures.withRetries(nowhere, Fixtures.config(ollama).http().retries()))
                .textGenerator());
    assertThat(fault(failure)).isEqualTo(ModelFault.UNREACHABLE);
    assertThat(failure).hasMessageContaining("no such host");
  }

  @Test
  void bytes_that_are_no_http_are_a_fault_of_protocol() {
    PortException failure = failure(FakeAnswer.writing("Once").thenGarbage("no chunk at all\r\n"));
    assertThat(fault(failure)).isEqualTo(ModelFault.PROTOCOL);
    assertThat(failure).hasMessageContaining("no proper HTTP");
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void an_answer_without_text_is_empty() {
    assertThat(fault(failure(FakeAnswer.writing()))).isEqualTo(ModelFault.EMPTY);
    assertThat(fault(failure(FakeAnswer.writing("\n", "  ")))).isEqualTo(ModelFault.EMPTY);
    PortException thought = failure(FakeAnswer.writing().thenThinking("hm").endingWith("length"));
    assertThat(fault(thought)).isEqualTo(ModelFault.EMPTY);
    assertThat(thought).hasMessageContaining("used up all its tokens");
  }

  @Test
  void blanks_without_end_are_stopped() throws Exception {
    PortException failure = failure(FakeAnswer.writing("{").thenBlanks(400).thenStalling());
    assertThat(fault(failure)).isEqualTo(ModelFault.TOO_LARGE);
    assertThat(failure).hasMessageContaining("more than 200 blanks");
    assertThat(ollama.chats().getFirst().awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void two_hundred_blanks_are_let_pass() throws Exception {
    ollama.always(FakeAnswer.writing("{").thenBlanks(200).thenWriting("}"));
    generator().generate(prompt, pieces::add);
    assertThat(text()).hasSize(202);
  }

  @Test
  void a_line_that_is_too_long_is_stopped() throws Exception {
    ollama.always(FakeAnswer.writing("Once").thenOverlongLine(1L << 40));
    PortException failure =
        failure(
            generator(
                config -> config.withHttp(config.http().withLimits(new Limits(100_000, 1 << 20)))));
    assertThat(fault(failure)).isEqualTo(ModelFault.TOO_LARGE);
    assertThat(failure).hasMessageContaining("Line 2").hasMessageContaining("100000 bytes");
    assertThat(text()).isEqualTo("Once");
    assertThat(ollama.chats().getFirst().awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void a_long_line_within_the_limit_is_taken() throws Exception {
    ollama.always(FakeAnswer.writing("x".repeat(1_000_000)));
    generator().generate(prompt, pieces::add);
    assertThat(text()).hasSize(1_000_000);
  }

  @Test
  void an_answer_that_is_too_long_is_stopped() throws Exception {
    String[] much = new String[64];
    Arrays.fill(much, "word ".repeat(1_000));
    ollama.always(FakeAnswer.writing(much).thenStalling());
    PortException failure =
        failure(
            generator(
                config -> config.withHttp(config.http().withLimits(new Limits(100_000, 20_000)))));
    assertThat(fault(failure)).isEqualTo(ModelFault.TOO_LARGE);
    assertThat(failure).hasMessageContaining("longer than 20000 bytes");
    assertThat(ollama.chats().getFirst().awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void an_error_that_quotes_the_prompt_is_told_without_its_words() {
    PortException failure = failure(FakeAnswer.badRequest("cannot parse: " + prompt.user()));
    assertThat(failure.getMessage()).doesNotContain("cannot parse").doesNotContain("Researcher");
    assertThat(failure).hasMessageContaining("refused the request");
  }
}
