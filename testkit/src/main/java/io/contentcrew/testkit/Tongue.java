package io.contentcrew.testkit;

import io.contentcrew.testkit.FakeAnswer.Counts;
import java.time.Duration;
import java.util.Locale;

/** The words of a dialect: lines of JSON for Ollama, server-sent events for OpenAI. */
interface Tongue {
  /** The content type of a streamed answer. */
  String contentType();

  /** A piece of text. */
  String text(String model, String piece);

  /** A piece of thinking. */
  String thought(String model, String piece);

  /** An error in the middle of a streamed answer. */
  String error(String text);

  /** An error as the body of a refusal. */
  String refusal(String text);

  /** The end of the answer. */
  String done(String model, String reason, Counts counts, int pieces);

  /** The tongue for a request. */
  static Tongue of(FakeRequest request) {
    return request.path().startsWith("/v1/")
        ? new OpenAi(request.body().path("stream_options").path("include_usage").asBoolean())
        : new Ollama();
  }

  /** A JSON string; halves of characters are written as escapes, as some servers do. */
  static String json(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); ) {
      int cp = text.codePointAt(i);
      i += Character.charCount(cp);
      switch (cp) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (cp < 0x20 || (cp >= 0xD800 && cp <= 0xDFFF)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", cp));
          } else {
            out.appendCodePoint(cp);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** Ollama's own dialect. */
  record Ollama() implements Tongue {
    private static final String AT = "\"created_at\":\"2026-11-22T10:00:00.123456789Z\"";

    @Override
    public String contentType() {
      return "application/x-ndjson";
    }

    @Override
    public String text(String model, String piece) {
      return line(model, "{\"role\":\"assistant\",\"content\":" + json(piece) + "}");
    }

    @Override
    public String thought(String model, String piece) {
      return line(
          model, "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":" + json(piece) + "}");
    }

    private static String line(String model, String message) {
      return "{\"model\":"
          + json(model)
          + ","
          + AT
          + ",\"message\":"
          + message
          + ",\"done\":false}\n";
    }

    @Override
    public String error(String text) {
      return refusal(text) + "\n";
    }

    @Override
    public String refusal(String text) {
      return "{\"error\":" + json(text) + "}";
    }

    @Override
    public String done(String model, String reason, Counts counts, int pieces) {
      StringBuilder line = new StringBuilder("{\"model\":").append(json(model)).append(',');
      line.append(AT).append(",\"message\":{\"role\":\"assistant\",\"content\":\"\"}");
      line.append(",\"done\":true,\"done_reason\":").append(json(reason));
      Duration total = counts.load().plus(counts.prefill()).plus(counts.decode());
      count(line, "total_duration", total.toNanos());
      count(line, "load_duration", counts.load().toNanos());
      count(line, "prompt_eval_count", counts.input());
      count(line, "prompt_eval_duration", counts.prefill().toNanos());
      count(line, "eval_count", counts.input() == 0 ? 0 : output(counts, pieces));
      count(line, "eval_duration", counts.decode().toNanos());
      return line.append("}\n").toString();
    }

    private static void count(StringBuilder line, String name, long value) {
      if (value != 0) { // Ollama omits what is zero
        line.append(",\"").append(name).append("\":").append(value);
      }
    }
  }

  /** The dialect of chat completions. */
  record OpenAi(boolean usage) implements Tongue {
    @Override
    public String contentType() {
      return "text/event-stream";
    }

    @Override
    public String text(String model, String piece) {
      String delta = "{\"role\":\"assistant\",\"content\":" + json(piece) + "}";
      return choice(model, delta, "null");
    }

    @Override
    public String thought(String model, String piece) {
      return choice(model, "{\"content\":null,\"reasoning_content\":" + json(piece) + "}", "null");
    }

    private static String choice(String model, String delta, String finish) {
      String choice = "{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}";
      return chunk(model, "\"choices\":[" + choice + "]");
    }

    private static String chunk(String model, String rest) {
      return "data: {\"id\":\"chatcmpl-217\",\"object\":\"chat.completion.chunk\",\"created\":1795,"
          + "\"model\":"
          + json(model)
          + ","
          + rest
          + "}\n\n";
    }

    @Override
    public String error(String text) {
      return "data: " + refusal(text) + "\n\n";
    }

    @Override
    public String refusal(String text) {
      return "{\"error\":{\"message\":" + json(text) + ",\"type\":\"server_error\",\"code\":null}}";
    }

    @Override
    public String done(String model, String reason, Counts counts, int pieces) {
      StringBuilder end = new StringBuilder(choice(model, "{}", json(reason)));
      if (usage && counts.input() > 0) {
        int out = output(counts, pieces);
        end.append(
            chunk(
                model,
                "\"choices\":[],\"usage\":{\"prompt_tokens\":"
                    + counts.input()
                    + ",\"completion_tokens\":"
                    + out
                    + ",\"total_tokens\":"
                    + (counts.input() + out)
                    + "}"));
      }
      return end.append("data: [DONE]\n\n").toString();
    }
  }

  private static int output(Counts counts, int pieces) {
    return counts.output() == 0 ? pieces : counts.output();
  }
}
