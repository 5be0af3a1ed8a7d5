package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TapTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n\r\n";

  /** A connection that brings these packets, one a read; nothing is there to wait for. */
  private static final class Packets extends InputStream {
    private final Deque<byte[]> packets = new ArrayDeque<>();

    Packets(List<String> texts) {
      texts.forEach(text -> packets.add(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      byte[] packet = packets.poll();
      if (packet == null) {
        return -1;
      }
      int count = Math.min(length, packet.length);
      System.arraycopy(packet, 0, bytes, offset, count);
      if (count < packet.length) {
        packets.addFirst(Arrays.copyOfRange(packet, count, packet.length));
      }
      return count;
    }

    @Override
    public int available() {
      return packets.isEmpty() ? 0 : packets.getFirst().length;
    }
  }

  private static Tap tap(String... packets) {
    return new Tap(new Packets(List.of(packets)));
  }

  private static String read(Tap tap, int length) throws IOException {
    byte[] bytes = new byte[length];
    int count = tap.read(bytes, 0, length);
    return count < 0 ? "end" : new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
  }

  @Test
  void without_waiting_everything_goes_through() throws Exception {
    Tap tap = tap(HEAD, "2\r\nab\r\n");
    assertThat(read(tap, 100)).isEqualTo(HEAD);
    assertThat(read(tap, 3)).isEqualTo("2\r\n");
    assertThat(read(tap, 100)).isEqualTo("ab\r\n");
    assertThat(read(tap, 100)).isEqualTo("end");
    assertThat(tap.reads()).isEqualTo(4);
  }

  @Test
  void the_line_end_after_a_chunk_is_held_back_while_one_waits() throws Exception {
    Tap tap = tap(HEAD, "2\r\nab\r\n", "1\r\nc\r\n");
    read(tap, 100);
    tap.await();
    assertThat(read(tap, 100)).isEqualTo("2\r\nab");
    assertThat(tap.meter().data()).isEqualTo(2);
    tap.await();
    assertThat(read(tap, 100)).isEqualTo("\r\n1\r\nc");
    assertThat(tap.meter().data()).isEqualTo(3);
  }

  @Test
  void a_line_end_that_was_held_back_is_there_for_who_asks() throws Exception {
    Tap tap = tap(HEAD, "2\r\nab\r\n");
    read(tap, 100);
    tap.await();
    assertThat(read(tap, 100)).isEqualTo("2\r\nab");
    assertThat(read(tap, 100)).isEqualTo("\r\n");
    assertThat(read(tap, 100)).isEqualTo("end");
  }

  @Test
  void the_end_of_the_response_is_not_held_back() throws Exception {
    Tap tap = tap(HEAD, "1\r\na\r\n0\r\n\r\n");
    read(tap, 100);
    tap.await();
    assertThat(read(tap, 100)).isEqualTo("1\r\na\r\n0\r\n\r\n");
    assertThat(tap.meter().isDone()).isTrue();
  }

  @Test
  void a_line_end_that_belongs_to_a_head_is_not_held_back() throws Exception {
    Tap tap = tap(HEAD);
    tap.await();
    assertThat(read(tap, 100)).isEqualTo(HEAD);
  }

  @Test
  void waiting_again_waits_for_nothing_when_something_is_there() throws Exception {
    Tap tap = tap("abc", "def");
    tap.await();
    tap.await();
    assertThat(read(tap, 2)).isEqualTo("ab");
    tap.await();
    assertThat(read(tap, 100)).isEqualTo("c");
    tap.await();
    assertThat(read(tap, 100)).isEqualTo("def");
    tap.await();
    tap.await();
    assertThat(read(tap, 100)).isEqualTo("end");
  }

  @Test
  void a_flood_is_read_in_large_parts() throws Exception {
    Tap tap = tap("x".repeat(5_000), "y".repeat(5_000));
    tap.await();
    assertThat(read(tap, 8_192)).hasSize(5_000);
    assertThat(read(tap, 8_192)).isEqualTo("y".repeat(5_000));
  }

  @Test
  void no_byte_is_lost_doubled_or_moved_however_it_is_read() throws Exception {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder sent = new StringBuilder(HEAD);
      for (int i = 0; i < 40; i++) {
        int size = random.nextInt(10) == 0 ? random.nextInt(3_000) + 1 : random.nextInt(9) + 1;
        sent.append(Integer.toHexString(size)).append("\r\n");
        for (int j = 0; j < size; j++) {
          sent.append(random.nextBoolean() ? '\r' : '\n');
        }
        sent.append("\r\n");
      }
      sent.append("0\r\n\r\n");
      assertThat(through(sent.toString(), random)).as("seed %s", seed).isEqualTo(sent.toString());
    }
  }

  private static String through(String sent, Random random) throws IOException {
    List<String> packets = new ArrayList<>();
    for (int from = 0; from < sent.length(); ) {
      int to = Math.min(sent.length(), from + 1 + random.nextInt(random.nextInt(2_000) + 1));
      packets.add(sent.substring(from, to));
      from = to;
    }
    Tap tap = new Tap(new Packets(packets));
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    byte[] bytes = new byte[8_192];
    while (true) {
      if (random.nextBoolean()) {
        tap.await();
      }
      int count = tap.read(bytes, 0, 1 + random.nextInt(bytes.length));
      if (count < 0) {
        assertThat(tap.meter().isDone()).isTrue();
        return got.toString(StandardCharsets.ISO_8859_1);
      }
      got.write(bytes, 0, count);
    }
  }
}
