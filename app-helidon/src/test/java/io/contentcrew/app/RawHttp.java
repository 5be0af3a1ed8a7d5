package io.contentcrew.app;

import io.contentcrew.app.Client.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends requests as they are, also those that a decent client would not send. */
final class RawHttp {
  private RawHttp() {}

  /**
   * A request.
   *
   * @param target its address, not encoded any further
   * @param headers whole lines
   */
  record Request(String method, String target, List<String> headers, byte[] body) {
    byte[] bytes() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes((method + " " + target + " HTTP/1.1\r\n").getBytes(StandardCharsets.UTF_8));
      headers.forEach(line -> all.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8)));
      all.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(body);
      return all.toByteArray();
    }

    @Override
    public String toString() {
      String whole = new String(bytes(), StandardCharsets.UTF_8);
      return whole.length() <= 2_000 ? whole : whole.substring(0, 2_000) + " ...";
    }
  }

  /** Sends the request over a connection of its own, and reads to its end. */
  static Answer send(int port, Request request) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      try {
        socket.getOutputStream().write(request.bytes());
      } catch (SocketException e) {
        // refused before all of it was sent; the answer may be there all the same
      }
      return parse(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to " + request, e);
    }
  }

  private static Answer parse(byte[] all) {
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("no head of an answer: " + text);
    }
    String[] lines = text.substring(0, end).split("\r\n");
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(line.substring(0, colon), any -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    byte[] rest = Arrays.copyOfRange(all, end + 4, all.length);
    Answer answer = new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, rest);
    return answer.header("Transfer-Encoding").isPresent()
        ? new Answer(answer.status(), headers, joined(rest))
        : answer;
  }

  private static byte[] joined(byte[] chunks) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int at = 0; ; ) {
      int eol = at;
      while (chunks[eol] != '\r') {
        eol++;
      }
      int size =
          Integer.parseInt(new String(chunks, at, eol - at, StandardCharsets.US_ASCII).strip(), 16);
      if (size == 0) {
        return body.toByteArray();
      }
      body.write(chunks, eol + 2, size);
      at = eol + 2 + size + 2;
    }
  }
}
