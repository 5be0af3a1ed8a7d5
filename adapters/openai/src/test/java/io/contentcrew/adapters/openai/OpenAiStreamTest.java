package io.contentcrew.adapters.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.RunningGeneration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Event streams as all kinds of servers send them. */
class OpenAiStreamTest extends OpenAiTest {
  private static final String STOP =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

  private static String chunk(String delta, String finish) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }

  private Completion generate(String... raw) throws Exception {
    FakeAnswer answer = FakeAnswer.writing();
    for (String part : raw) {
      answer = answer.thenRaw(part);
    }
    ollama.always(answer.endingBeforeDone());
    return generator().generate(prompt, pieces::add);
  }

  @Test
  void content_may_be_null_missing_or_come_with_the_reason() throws Exception {
    Completion completion =
        generate(
            chunk("{\"role\":\"assistant\",\"content\":null}", "null"),
            chunk("{\"content\":\"On\"}", "null"),
            chunk("{\"tool_calls\":null}", "null"),
            "data: {\"choices\":null}\n\ndata: {}\n\n",
            chunk("{\"content\":\"ce\"}", "\"stop\""),
            "data: [DONE]\n\n");
    assertThat(text()).isEqualTo("Once");
    assertThat(completion.finish()).isEqualTo(Finish.STOP);
    assertThat(completion.tokens()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void a_stream_that_ends_after_the_reason_without_a_mark_is_complete() throws Exception {
    assertThat(generate(chunk("{\"content\":\"Once\"}", "\"length\"")).finish())
        .isEqualTo(Finish.LENGTH);
  }

  @Test
  void counts_come_in_a_chunk_of_their_own_or_with_the_reason() throws Exception {
    String usage =
        "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":9,\"total_tokens\":16}}\n\n";
    Completion completion =
        generate(
            chunk("{\"content\":\"Once\"}", "null"),
            STOP,
            "data: {\"choices\":[]," + usage,
            "data: [DONE]\n\n");
    assertThat(completion.tokens()).isEqualTo(new TokenUsage(7, 9));
    completion =
        generate(
            chunk("{\"content\":\"Once\"}", "null"),
            STOP.replace("}\n\n", "," + usage),
            "data: [DONE]\n\n");
    assertThat(completion.tokens()).isEqualTo(new TokenUsage(7, 9));
  }

  @Test
  void a_connection_that_is_lost_after_the_reason_costs_only_the_counts() throws Exception {
    ollama.always(FakeAnswer.writing("Once").thenRaw(STOP).thenResetting());
    assertThat(generator().generate(prompt, pieces::add).finish()).isEqualTo(Finish.STOP);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void comments_fields_and_line_ends_of_all_kinds_are_understood() throws Exception {
    generate(
        ": comment\n\n",
        "event: message\r\n"
            + "id: 7\r\n"
            + "retry: 100\r\n"
            + "data:{\"choices\":[{\"delta\":{\"content\":\"On\"}}]}\r\n\r\n",
        "data\n\n:\n\n",
        chunk("{\"content\":\"ce\"}", "null"),
        STOP,
        "data: [DONE]");
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void an_event_may_have_several_lines_of_data() throws Exception {
    generate(
        "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\n", "data: \"Once\"}}]}\n\n", STOP);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void other_choices_and_thoughts_are_left_out() throws Exception {
    generate(
        "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"}}]}\n\n",
        chunk("{\"reasoning_content\":\"hm\"}", "null"),
        chunk("{\"reasoning\":\"well\"}", "null"),
        chunk("{\"content\":\"Once\"}", "null"),
        STOP);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void a_server_that_answers_in_one_piece_is_understood() throws Exception {
    String body =
        "{\"model\":\"gpt-5\",\n"
            + "\"choices\":[{\"index\":0,\"message\":{\"content\":\"Once\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}";
    ollama.always(FakeAnswer.whole(200, "application/json", body));
    Completion completion = generator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once");
    assertThat(completion.model()).isEqualTo(new ModelName("gpt-5"));
    assertThat(completion.tokens()).isEqualTo(new TokenUsage(1, 2));
  }

  @Test
  void a_token_that_comes_alone_is_passed_on_before_the_next_is_there() throws Exception {
    FakeAnswer answer = FakeAnswer.writing();
    List<CountDownLatch> latches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      CountDownLatch seen = new CountDownLatch(1);
      latches.add(seen);
      answer = answer.thenWriting(" t" + i).waitingFor(seen);
    }
    ollama.always(answer);
    RunningGeneration running = RunningGeneration.start(generator(), prompt);
    for (int i = 0; i < 20; i++) {
      assertThat(running.awaitPiece()).isEqualTo(" t" + i);
      latches.get(i).countDown();
    }
    running.completion();
  }
}
