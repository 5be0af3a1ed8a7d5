package io.contentcrew.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 by hand, so that it can be broken at will. Everything written is sent at once. */
final class Wire {
  record Head(String method, String path, Map<String, String> headers, String body) {}

  private static final int MAX_HEAD = 64 << 10;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    socket.setTcpNoDelay(true);
  }

  /** The next request; null when the client has closed the connection. */
  @Nullable Head read() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 2) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      bytes.write(b);
      ends = b == '\n' ? ends + 1 : b == '\r' ? ends : 0;
      if (bytes.size() > MAX_HEAD) {
        throw new IOException("a head of more than " + MAX_HEAD + " bytes");
      }
    }
    String[] lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
        headers.put(name, lines[i].substring(colon + 1).strip());
      }
    }
    String[] request = lines[0].split(" ", -1);
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Head(request[0], request[1], headers, body);
  }

  void whole(int status, String contentType, Map<String, String> headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", contentType);
    all.put("Content-Length", Integer.toString(bytes.length));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(head(status, all));
    answer.writeBytes(bytes);
    out.write(answer.toByteArray());
  }

  void streamHead(String contentType) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("Transfer-Encoding", "chunked");
    out.write(head(200, headers));
  }

  private static byte[] head(int status, Map<String, String> headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Answer\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  void chunk(byte[] bytes, boolean byteByByte) throws IOException {
    if (!byteByByte) {
      chunk(bytes, 0, bytes.length);
      return;
    }
    for (int i = 0; i < bytes.length; i++) {
      chunk(bytes, i, 1);
    }
  }

  private void chunk(byte[] bytes, int from, int count) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(count + 16);
    chunk.writeBytes((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    chunk.write(bytes, from, count);
    chunk.writeBytes(new byte[] {'\r', '\n'});
    out.write(chunk.toByteArray());
  }

  void endOfBody() throws IOException {
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  void garbage(String bytes) throws IOException {
    out.write(bytes.getBytes(StandardCharsets.UTF_8));
  }

  void hangUp() throws IOException {
    socket.close();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
