package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** It speaks the dialects as a client of the JDK understands them, and breaks them as told. */
@Timeout(60)
class FakeOllamaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHAT =
      "{\"model\":\"llama3.2:1b\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private FakeOllama ollama;
  private HttpClient client;

  @BeforeEach
  void start() {
    ollama = FakeOllama.start();
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    ollama.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create(ollama.url() + path);
  }

  private static List<JsonNode> lines(String body) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : body.lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void it_tells_its_version_and_its_models() throws Exception {
    ollama.having("llama3.2:1b", "phi4:latest").warm("phi4:latest").able("phi4", "thinking");
    assertThat(get("/").body()).isEqualTo("Ollama is running");
    assertThat(JSON.readTree(get("/api/version").body()).path("version").asText()).isNotEmpty();
    assertThat(JSON.readTree(get("/api/tags").body()).at("/models/0/name").asText())
        .isEqualTo("llama3.2:1b");
    assertThat(JSON.readTree(get("/api/ps").body()).at("/models/0/name").asText())
        .isEqualTo("phi4:latest");
    assertThat(JSON.readTree(get("/v1/models").body()).at("/data/1/id").asText())
        .isEqualTo("phi4:latest");
    JsonNode phi = JSON.readTree(post("/api/show", "{\"model\":\"phi4\"}").body());
    assertThat(phi.at("/capabilities/0").asText()).isEqualTo("thinking");
    assertThat(post("/api/show", "{\"model\":\"none\"}").statusCode()).isEqualTo(404);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void it_streams_a_chat_line_by_line_and_ends_with_the_counts() throws Exception {
    ollama.next(
        FakeAnswer.writing("Hello", " \"you\" \uD83D\uDE00")
            .counting(5, 2, Duration.ofNanos(1), Duration.ofNanos(2), Duration.ofNanos(3)));
    HttpResponse<String> answer = post("/api/chat", CHAT);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    List<JsonNode> lines = lines(answer.body());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).at("/message/content").asText()).isEqualTo(" \"you\" \uD83D\uDE00");
    assertThat(lines.get(1).path("done").asBoolean(true)).isFalse();
    JsonNode end = lines.get(2);
    assertThat(end.path("done_reason").asText()).isEqualTo("stop");
    assertThat(end.path("prompt_eval_count").asInt()).isEqualTo(5);
    assertThat(end.path("eval_count").asInt()).isEqualTo(2);
    assertThat(end.path("total_duration").asLong()).isEqualTo(6);
  }

  @Test
  void it_pauses_before_each_piece_of_the_model_when_told_a_pace() throws Exception {
    ollama.next(FakeAnswer.ofTheModel(), FakeAnswer.ofTheModel().atPace(Duration.ofMillis(20)));
    List<JsonNode> atOnce = lines(post("/api/chat", CHAT).body());
    long begun = System.nanoTime();
    List<JsonNode> paced = lines(post("/api/chat", CHAT).body());
    assertThat(paced).hasSameSizeAs(atOnce);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(20L * (paced.size() - 1)));
  }

  @Test
  void it_streams_chat_completions() throws Exception {
    ollama.next(FakeAnswer.writing("Hello").thenThinking("hm"));
    String ask =
        CHAT.replace("{\"model\"", "{\"stream_options\":{\"include_usage\":true},\"model\"");
    HttpResponse<String> answer = post("/v1/chat/completions", ask);
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
    List<String> data =
        answer
            .body()
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(l -> l.substring(6))
            .toList();
    assertThat(data).hasSize(5).endsWith("[DONE]");
    assertThat(JSON.readTree(data.get(0)).at("/choices/0/delta/content").asText())
        .isEqualTo("Hello");
    assertThat(JSON.readTree(data.get(1)).at("/choices/0/delta/content").isNull()).isTrue();
    assertThat(JSON.readTree(data.get(2)).at("/choices/0/finish_reason").asText())
        .isEqualTo("stop");
    assertThat(JSON.readTree(data.get(3)).path("choices").isEmpty()).isTrue();
    assertThat(JSON.readTree(data.get(3)).at("/usage/prompt_tokens").asInt()).isPositive();
  }

  @Test
  void told_nothing_it_answers_what_is_asked_for() throws Exception {
    Brief brief = Brief.about("Growing tomatoes on a balcony");
    assertThat(answerTo("You are the Researcher.\\nTopic: Growing tomatoes on a balcony", ""))
        .isEqualTo(Script.sampleAnswer(Task.RESEARCH, brief));
    assertThat(answerTo("You are the Editor.\\nTopic: Growing tomatoes on a balcony", ""))
        .isEqualTo(Script.sampleAnswer(Task.EDIT, brief));
    assertThat(answerTo("Topic: x", format("linkedin"))).startsWith("{\"linkedin\"");
    assertThat(answerTo("Topic: x", format("intro_hook"))).startsWith("{\"intro_hook\"");
    assertThat(answerTo("Topic: x", format("scenes"))).startsWith("{\"hook\"");
  }

  private static String format(String key) {
    return ",\"format\":{\"properties\":{\"" + key + "\":{}}}";
  }

  private String answerTo(String user, String rest) throws Exception {
    String body = CHAT.replace("\"Hi\"}]", "\"" + user + "\"}]" + rest);
    StringBuilder text = new StringBuilder();
    for (JsonNode line : lines(post("/api/chat", body).body())) {
      text.append(line.at("/message/content").asText());
    }
    return text.toString();
  }

  @Test
  void it_refuses_in_the_words_of_the_dialect() throws Exception {
    ollama.next(FakeAnswer.busy("3"), FakeAnswer.busy());
    HttpResponse<String> busy = post("/api/chat", CHAT);
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.headers().firstValue("retry-after")).hasValue("3");
    assertThat(JSON.readTree(busy.body()).path("error").isTextual()).isTrue();
    HttpResponse<String> openAi = post("/v1/chat/completions", CHAT);
    assertThat(openAi.headers().firstValue("retry-after")).isEmpty();
    assertThat(JSON.readTree(openAi.body()).at("/error/message").isTextual()).isTrue();
    assertThat(post("/api/chat", CHAT.replace("llama3.2:1b", "none")).statusCode()).isEqualTo(404);
    ollama.next(FakeAnswer.html());
    assertThat(post("/api/chat", CHAT).headers().firstValue("content-type").orElseThrow())
        .startsWith("text/html");
  }

  @Test
  void it_wants_its_key_when_told_so() throws Exception {
    ollama.wantingKey("k-1");
    assertThat(get("/v1/models").statusCode()).isEqualTo(401);
    HttpRequest withKey =
        HttpRequest.newBuilder(uri("/v1/models")).header("Authorization", "Bearer k-1").build();
    assertThat(client.send(withKey, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void its_scripts_are_used_one_by_one_and_then_the_default() throws Exception {
    ollama.next(2, FakeAnswer.serverError()).always(FakeAnswer.writing("ok"));
    assertThat(post("/api/chat", CHAT).statusCode()).isEqualTo(500);
    assertThat(post("/api/chat", CHAT).statusCode()).isEqualTo(500);
    assertThat(post("/api/chat", CHAT).body()).contains("\"ok\"");
    assertThat(ollama.chats()).hasSize(3);
    assertThat(ollama.chats().getFirst().body().path("model").asText()).isEqualTo("llama3.2:1b");
  }

  /** A client that looks at the bytes. */
  private InputStream open(String body) throws IOException {
    return open(new Socket("127.0.0.1", ollama.port()), body);
  }

  private static InputStream open(Socket socket, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: " + bytes.length + "\r\n\r\n";
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
    return socket.getInputStream();
  }

  @Test
  void it_can_send_every_byte_in_a_chunk_of_its_own() throws Exception {
    ollama.next(FakeAnswer.writing("\u05E9").byteByByte().thenHangingUp());
    String answer = new String(open(CHAT).readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(answer).contains("1\r\n\u00D7\r\n1\r\n\u00A9\r\n");
  }

  @Test
  void it_can_break_off_in_every_way() throws Exception {
    ollama.next(FakeAnswer.writing("a").endingBeforeDone());
    assertThat(post("/api/chat", CHAT).body()).contains("\"a\"").doesNotContain("\"done\":true");
    ollama.next(FakeAnswer.writing("a").thenHangingUp());
    assertThatThrownBy(() -> post("/api/chat", CHAT)).isInstanceOf(IOException.class);
    ollama.next(FakeAnswer.writing("a").thenResetting());
    assertThatThrownBy(() -> post("/api/chat", CHAT)).isInstanceOf(IOException.class);
    ollama.next(FakeAnswer.hangingUp());
    assertThat(open(CHAT).read()).isEqualTo(-1);
    ollama.next(FakeAnswer.writing("a").thenMalformedLine());
    assertThatThrownBy(() -> lines(post("/api/chat", CHAT).body())).isInstanceOf(IOException.class);
    ollama.next(FakeAnswer.writing("a").thenError("out of memory"));
    assertThat(lines(post("/api/chat", CHAT).body()).getLast().path("error").asText())
        .isEqualTo("out of memory");
    ollama.next(FakeAnswer.writing("a").thenBlanks(201));
    assertThat(answerTo("Hi", "")).hasSize(202);
    ollama.next(FakeAnswer.writing().thenOverlongLine(100_000));
    assertThat(post("/api/chat", CHAT).body()).hasSize(100_000);
    ollama.next(FakeAnswer.writing("a").withoutCounts().endingWith("length"));
    JsonNode end = lines(post("/api/chat", CHAT).body()).getLast();
    assertThat(end.path("done_reason").asText()).isEqualTo("length");
    assertThat(end.has("eval_count")).isFalse();
    assertThat(end.has("load_duration")).isFalse();
  }

  @Test
  void it_waits_where_told_and_sees_when_the_client_leaves() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.next(FakeAnswer.writing("a").waitingFor(goOn).thenWriting("b").thenStalling());
    Socket socket = new Socket("127.0.0.1", ollama.port());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(open(socket, CHAT), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (!line.contains("\"a\"")) {
      line = lines.readLine();
    }
    goOn.countDown();
    while (!line.contains("\"b\"")) {
      line = lines.readLine();
    }
    FakeRequest request = ollama.awaitChat(1);
    assertThat(request.closedByClientAfter()).isEmpty();
    socket.close();
    assertThat(request.awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
    assertThat(request.closedByClientAfter()).isPresent();
  }

  @Test
  void silence_is_silence() throws Exception {
    ollama.next(FakeAnswer.silence());
    Socket socket = new Socket("127.0.0.1", ollama.port());
    socket.setSoTimeout(300);
    InputStream in = open(socket, CHAT);
    assertThatThrownBy(in::read).isInstanceOf(java.net.SocketTimeoutException.class);
    socket.close();
    assertThat(ollama.awaitChat(1).awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void an_answer_that_has_ended_is_not_cut_off_by_a_client_that_leaves() throws Exception {
    ollama.next(FakeAnswer.writing("a"));
    post("/api/chat", CHAT);
    client.close();
    assertThat(ollama.chats().getFirst().awaitClosedByClient(Duration.ofMillis(200))).isFalse();
    client = HttpClient.newHttpClient();
  }

  @Test
  void it_stops_and_comes_back_on_the_same_port() throws Exception {
    int port = ollama.port();
    ollama.stop();
    assertThatThrownBy(() -> get("/")).isInstanceOf(ConnectException.class);
    ollama.restart();
    assertThat(ollama.port()).isEqualTo(port);
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void it_fetches_a_model_with_progress() throws Exception {
    ollama.having();
    List<JsonNode> lines = lines(post("/api/pull", "{\"model\":\"phi4\"}").body());
    assertThat(lines.getLast().path("status").asText()).isEqualTo("success");
    assertThat(lines.get(1).has("completed")).isFalse();
    assertThat(post("/api/show", "{\"model\":\"phi4\"}").statusCode()).isEqualTo(200);
  }
}
