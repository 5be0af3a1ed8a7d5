package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.adapters.llmhttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short cut for the lines of tokens finds what the JSON parser finds, or leaves it to that. */
class TokenLineTest {
  private static final String BEFORE =
      "{\"model\":\"llama3.2:1b\",\"created_at\":\"2026-11-22T10:00:00.1Z\",\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"";
  private static final String AFTER = "\"},\"done\":false}";

  private static boolean read(byte[] line, Answer answer) {
    byte[] within = new byte[line.length + 4]; // a line is a part of a buffer
    System.arraycopy(line, 0, within, 2, line.length);
    return TokenLine.read(within, 2, within.length - 2, answer);
  }

  private static boolean read(String line, Answer answer) {
    return read(line.getBytes(StandardCharsets.UTF_8), answer);
  }

  @Test
  void the_line_of_a_token_is_read() {
    Answer answer = new Answer();
    assertThat(read(BEFORE + " caf\u00E9 \uD83D\uDE00" + AFTER, answer)).isTrue();
    assertThat(read(BEFORE + AFTER, answer)).isTrue();
    assertThat(read(BEFORE + "\\\"\\\\\\/\\b\\f\\n\\r\\t\\u05e9\\uD83D\\ude00" + AFTER, answer))
        .isTrue();
    assertThat(answer.take()).isEqualTo(" caf\u00E9 \uD83D\uDE00\"\\/\b\f\n\r\t\u05E9\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"error\":\"no\"}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":true}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"a\",\"thinking\":\"b\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":false}"
            + " ",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"user\",\"content\":\"a\"},\"done\":false}",
        "{\"model\":\"a\\\"b\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"a\\\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"a\\x\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"\\u12\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"\\u12G4\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"a"
            + "\tb\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"b\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":"
      })
  void any_other_line_is_left_to_the_parser_and_adds_nothing(String line) {
    Answer answer = new Answer();
    assertThat(read(line, answer)).isFalse();
    assertThat(answer.take()).isEmpty();
  }

  @Test
  void whatever_it_reads_is_what_the_parser_reads() throws Exception {
    int read = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] line = (BEFORE + content(random) + AFTER).getBytes(StandardCharsets.UTF_8);
      boolean changed = random.nextInt(3) == 0;
      if (changed) {
        line[random.nextInt(line.length)] = (byte) random.nextInt(128);
      }
      Answer answer = new Answer();
      if (read(line, answer)) {
        read++;
        answer.text("|"); // so that half a character at the end comes out
        assertThat(answer.take()).as("seed %s", seed).isEqualTo(parsed(line) + "|");
      } else {
        assertThat(changed).as("seed %s: a sound line was not read", seed).isTrue();
      }
    }
    assertThat(read).isGreaterThan(10_000);
  }

  private static String parsed(byte[] line) throws JsonProcessingException {
    JsonNode tree = Json.MAPPER.readTree(new String(line, StandardCharsets.UTF_8));
    assertThat(tree.path("done").asBoolean(true)).isFalse();
    Answer answer = new Answer(); // replaces halves of characters as it always does
    answer.text(tree.at("/message/content").textValue() + "|");
    String text = answer.take();
    return text.substring(0, text.length() - 1);
  }

  /** A JSON string, with all that may be in one. */
  private static String content(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      switch (random.nextInt(8)) {
        case 0 -> text.append("\\\"");
        case 1 -> text.append("\\").append("\\/bfnrt".charAt(random.nextInt(7)));
        case 2 -> text.append(String.format(Locale.ROOT, "\\u%04x", random.nextInt(0x10000)));
        case 3 -> text.append("\\uD83D\\uDE0").append(random.nextInt(10));
        case 4 -> text.appendCodePoint(0x1F600 + random.nextInt(50));
        case 5 -> text.append((char) (0x5D0 + random.nextInt(27)));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }
}
