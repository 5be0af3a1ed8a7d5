package io.contentcrew.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the answers straight from the model: the least that any service could cost. */
final class ChatReader extends StreamReader {
  private static final byte[] TOKEN = "\"done\":false}".getBytes(StandardCharsets.US_ASCII);

  private final byte[] request;
  private int answered;
  private boolean due;

  ChatReader(Round round, int stream, Latencies latencies) {
    super(round, stream, latencies);
    String body = "{\"messages\":[{\"content\":\"" + round.topic(stream) + "\"}]}";
    String head = "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
    request = (head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  byte[] request() {
    return request;
  }

  @Override
  boolean asksAgain() {
    boolean asks = due;
    due = false;
    return asks;
  }

  @Override
  public void line(byte[] bytes, int from, int to) {
    if (Arrays.equals(bytes, Math.max(from, to - TOKEN.length), to, TOKEN, 0, TOKEN.length)) {
      arrived(tokens());
    }
  }

  @Override
  public void end() {
    answered++;
    if (answered == round.answers().size()) {
      done();
    } else {
      due = true;
    }
  }
}
