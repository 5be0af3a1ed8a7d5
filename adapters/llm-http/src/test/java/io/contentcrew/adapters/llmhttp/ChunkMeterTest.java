package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkMeterTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: 5\r\n\r\n";

  private final ChunkMeter meter = new ChunkMeter();

  private void pass(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    meter.pass(bytes, 0, bytes.length);
  }

  @Test
  void it_counts_the_data_and_sees_the_end() {
    pass(HEAD);
    assertThat(meter.data()).isZero();
    pass("5\r\nhello\r\n");
    assertThat(meter.data()).isEqualTo(5);
    assertThat(meter.isAfterData()).isFalse();
    pass("1A;name=value\r\n" + "x".repeat(26));
    assertThat(meter.data()).isEqualTo(31);
    assertThat(meter.isAfterData()).isTrue();
    pass("\r\n0003\r\nabc\r\n0\r\n");
    assertThat(meter.data()).isEqualTo(34);
    assertThat(meter.isDone()).isFalse();
    pass("Trailer: 1\r\n\r\n");
    assertThat(meter.isDone()).isTrue();
    assertThat(meter.isKnown()).isTrue();
  }

  @Test
  void it_does_not_matter_how_the_bytes_come() {
    String answer = HEAD + "3\r\n\r\n\n\r\nb\r\n5\r\n12345\r\n0123\r\n0\r\n\r\n";
    String whole = HEAD + "3\r\n\r\n\n\r\nb\r\n0\r\n\r\n012\r\n\r\n0\r\n\r\n";
    for (String text : new String[] {answer, whole}) {
      ChunkMeter atOnce = new ChunkMeter();
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      atOnce.pass(bytes, 0, bytes.length);
      Random random = new Random(17);
      for (int round = 0; round < 100; round++) {
        ChunkMeter inParts = new ChunkMeter();
        for (int from = 0; from < bytes.length; ) {
          int to = Math.min(bytes.length, from + 1 + random.nextInt(4));
          inParts.pass(bytes, from, to);
          from = to;
        }
        assertThat(inParts).usingRecursiveComparison().isEqualTo(atOnce);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"not\":\"chunked\"}",
        "xyz\r\n",
        "\r\n",
        "5\r\nhelloXX",
        "123456789\r\n",
        "0\r\n\r\nmore"
      })
  void it_gives_up_on_what_it_does_not_understand(String body) {
    pass(HEAD + body);
    assertThat(meter.isKnown()).isFalse();
    assertThat(meter.isDone()).isFalse();
    pass("5\r\nhello\r\n");
    assertThat(meter.isKnown()).isFalse();
  }

  @Test
  void an_interim_response_is_not_understood() {
    pass("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HEAD + "5\r\nhello\r\n");
    assertThat(meter.isKnown()).isFalse();
  }

  @Test
  void it_can_be_used_for_the_next_response() {
    pass(HEAD + "x");
    meter.restart();
    pass(HEAD + "2\r\nok\r\n");
    assertThat(meter.isKnown()).isTrue();
    assertThat(meter.data()).isEqualTo(2);
  }
}
