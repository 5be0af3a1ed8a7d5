package io.contentcrew.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection to the stand-in for the model: requests in, paced answers out. For one thread. */
final class ModelTalk implements Comparable<ModelTalk> {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final ModelLines lines;
  private byte[] in = new byte[1024];
  private int length;
  private ByteBuffer unwritten = NOTHING;
  private long due;

  // the answer that flows
  private @Nullable Round round;
  private int stream;
  private int answer;
  private boolean repeated;
  private int next;
  private boolean ended;

  ModelTalk(SocketChannel channel, ModelLines lines) {
    this.channel = channel;
    this.lines = lines;
  }

  long due() {
    return due;
  }

  void due(long at) {
    due = at;
  }

  Round round() {
    return Objects.requireNonNull(round);
  }

  /** Reads what is there; false if the other side has left. */
  boolean read() throws IOException {
    while (true) {
      if (length == in.length) {
        in = Arrays.copyOf(in, 2 * length);
      }
      int count = channel.read(ByteBuffer.wrap(in, length, in.length - length));
      if (count <= 0) {
        return count == 0;
      }
      length += count;
    }
  }

  /** Takes a request if it is complete; true if it is a chat that is to be answered in time. */
  boolean hasQuestion(@Nullable Round current) throws IOException {
    String text = new String(in, 0, length, StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return false;
    }
    Matcher size = LENGTH.matcher(text.substring(0, head));
    int whole = head + 4 + (size.find() ? Integer.parseInt(size.group(1)) : 0);
    if (length < whole) {
      return false;
    }
    System.arraycopy(in, whole, in, 0, length - whole);
    length -= whole;
    String path = text.substring(text.indexOf(' ') + 1, text.indexOf(" HTTP/"));
    if (!path.equals("/api/chat")) {
      write(ModelLines.other(path));
      return false;
    }
    return ask(current, text.substring(head, whole));
  }

  private boolean ask(@Nullable Round current, String question) {
    OptionalInt which = current == null ? OptionalInt.empty() : current.streamOf(question);
    if (current == null || which.isEmpty()) {
      throw new IllegalStateException("a question that belongs to no stream of this round");
    }
    round = current;
    stream = which.getAsInt();
    int before = current.ask(stream);
    repeated = before >= lines.answers().size();
    answer = Math.min(before, lines.answers().size() - 1);
    next = 0;
    ended = false;
    return true;
  }

  /** Writes the next token, and the end after the last one; true if there is more to come. */
  boolean write() throws IOException {
    if (unwritten.hasRemaining()) { // the reader is slow: its next token has to wait
      channel.write(unwritten);
      return unwritten.hasRemaining() || !ended;
    }
    Answers.Answer text = lines.answers().get(answer);
    if (next == text.size()) {
      write(lines.end(answer));
      ended = true;
      return unwritten.hasRemaining();
    }
    if (!repeated) {
      round().written(stream, text.first() + next, System.nanoTime());
    }
    write(lines.token(answer, next));
    next++;
    return true;
  }

  private void write(ByteBuffer bytes) throws IOException {
    channel.write(bytes);
    unwritten = bytes;
  }

  void close() throws IOException {
    channel.close();
  }

  @Override
  public int compareTo(ModelTalk other) {
    return Long.signum(due - other.due);
  }
}
