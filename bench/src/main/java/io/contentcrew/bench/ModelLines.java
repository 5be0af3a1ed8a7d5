package io.contentcrew.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All that the stand-in for the model ever says, as bytes that are made once. */
final class ModelLines {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String NAMES =
      "{\"model\":\"llama3.2:1b\",\"created_at\":\"2026-11-22T09:41:07.482913164Z\",\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"";

  private final Answers answers;
  private final List<List<byte[]>> tokens = new ArrayList<>();

  ModelLines(Answers answers) {
    this.answers = answers;
    for (int i = 0; i < answers.size(); i++) {
      Answers.Answer answer = answers.get(i);
      List<byte[]> lines = new ArrayList<>();
      for (int token = 0; token < answer.size(); token++) {
        String json = new String(answer.json(token), StandardCharsets.UTF_8);
        String line = chunk(NAMES + json + "\"},\"done\":false}\n");
        lines.add(bytes(token == 0 ? HEAD + line : line));
      }
      tokens.add(lines);
    }
  }

  Answers answers() {
    return answers;
  }

  /** A token of an answer; the first one brings the head of the response along. */
  ByteBuffer token(int answer, int token) {
    return ByteBuffer.wrap(tokens.get(answer).get(token));
  }

  /** The last line of an answer and the end of the response. */
  ByteBuffer end(int answer) {
    String line =
        NAMES
            + "\"},\"done\":true,\"done_reason\":\"stop\",\"total_duration\":900000000,"
            + "\"load_duration\":21000000,\"prompt_eval_count\":26,"
            + "\"prompt_eval_duration\":130000000,\"eval_count\":"
            + tokens.get(answer).size()
            + ",\"eval_duration\":700000000}\n";
    return ByteBuffer.wrap(bytes(chunk(line) + "0\r\n\r\n"));
  }

  /** The answer to any request but a chat. */
  static ByteBuffer other(String path) {
    String models =
        List.of("llama3.2:1b", "llama3.2:3b", "llama3.1:8b", "llama3.1:70b").stream()
            .map(name -> "{\"name\":\"" + name + "\",\"model\":\"" + name + "\"}")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    String json =
        switch (path) {
          case "/api/version" -> "{\"version\":\"0.12.6\"}";
          case "/api/show" -> "{\"capabilities\":[\"completion\"]}";
          default -> "{\"models\":[" + models + "]}";
        };
    return ByteBuffer.wrap(
        bytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length()
                + "\r\n\r\n"
                + json));
  }

  private static String chunk(String line) {
    return Integer.toHexString(bytes(line).length) + "\r\n" + line + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
