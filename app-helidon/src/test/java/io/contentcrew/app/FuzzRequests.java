package io.contentcrew.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.ApiDocument.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes requests for the operations of the API document: one in four as they should be, the others
 * with one or two things that are not.
 */
final class FuzzRequests {
  private static final List<String> TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/json; charset=utf-16",
          "application/json;",
          "application/problem+json",
          "multipart/form-data; boundary=x",
          "application/x-www-form-urlencoded",
          "json",
          "/",
          "",
          "application/\u00E9");

  private static final List<String> HEADER_NAMES =
      List.of(
          "Accept",
          "Accept-Encoding",
          "Accept-Language",
          "Authorization",
          "Content-Encoding",
          "Content-Length",
          "Cookie",
          "Expect",
          "Forwarded",
          "Idempotency-Key",
          "If-None-Match",
          "Last-Event-ID",
          "Origin",
          "Range",
          "Transfer-Encoding",
          "X-CSRF-Token",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-HTTP-Method-Override",
          "X-Request-ID");

  private final Random random;
  private final SchemaValues values;
  private final List<String> ids = new ArrayList<>();

  FuzzRequests(Random random) {
    this.random = random;
    this.values = new SchemaValues(random);
  }

  /** Lets an id that the service gave be used in requests to come. */
  void learn(String id) {
    ids.add(id);
  }

  /** Lets those learnt so far not be used any more. */
  void forget() {
    ids.clear();
  }

  /** The next request for the operation. */
  RawHttp.Request next(Operation operation, Optional<String> token) {
    int wrongs = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(2);
    Draft draft = new Draft(operation, token);
    for (int i = 0; i < wrongs; i++) {
      draft.spoil();
    }
    return draft.request();
  }

  private final class Draft {
    private final Operation operation;
    private final List<String> headers = new ArrayList<>(List.of("Host: localhost"));
    private String path;
    private String query;
    private String type = "application/json";
    private JsonNode json;
    private byte[] body = {};
    private boolean framed = true;

    Draft(Operation operation, Optional<String> token) {
      this.operation = operation;
      this.path = path();
      this.query = query();
      token.ifPresent(value -> headers.add("Authorization: Bearer " + value));
      for (JsonNode header : operation.parameters("header")) {
        if (random.nextInt(3) == 0) {
          headers.add(
              header.get("name").asText() + ": " + values.valid(header.get("schema")).asText());
        }
      }
      json =
          operation
              .bodyExample()
              .filter(example -> random.nextBoolean())
              .or(() -> operation.bodySchema().map(values::valid))
              .orElse(Client.JSON.missingNode());
      write();
    }

    private void write() {
      body = json.isMissingNode() ? new byte[0] : Json.write(json);
    }

    private String path() {
      String filled = operation.path();
      for (JsonNode parameter : operation.parameters("path")) {
        String value =
            !ids.isEmpty()
                    && parameter.at("/schema/format").asText("uuid").equals("uuid")
                    && !ApiDocument.resolved(parameter.get("schema")).has("enum")
                    && random.nextInt(4) > 0
                ? values.any(ids)
                : values.valid(parameter.get("schema")).asText();
        filled = filled.replace("{" + parameter.get("name").asText() + "}", encoded(value));
      }
      return filled;
    }

    private String query() {
      List<String> pairs = new ArrayList<>();
      for (JsonNode parameter : operation.parameters("query")) {
        if (random.nextBoolean()) {
          pairs.add(
              parameter.get("name").asText()
                  + "="
                  + encoded(values.valid(parameter.get("schema")).asText()));
        }
      }
      return String.join("&", pairs);
    }

    // ---- what can be wrong

    void spoil() {
      boolean hasBody = operation.bodySchema().isPresent();
      switch (random.nextInt(hasBody ? 9 : 4)) {
        case 0, 1 -> spoilAddress();
        case 2, 3 -> spoilHeaders();
        case 4 -> type = values.any(TYPES);
        case 5 -> spoilBytes();
        default -> {
          json = values.altered(json, operation.bodySchema().orElseThrow());
          write();
        }
      }
    }

    private void spoilAddress() {
      String odd = oddText();
      List<JsonNode> inPath = operation.parameters("path");
      List<JsonNode> inQuery = operation.parameters("query");
      switch (random.nextInt(5)) {
        case 0 -> {
          String filled = operation.path();
          for (JsonNode parameter : inPath) {
            filled = filled.replace("{" + parameter.get("name").asText() + "}", odd);
          }
          path = filled;
        }
        case 1 ->
            query +=
                "&"
                    + (inQuery.isEmpty() ? "x" : values.any(inQuery).get("name").asText())
                    + "="
                    + odd;
        case 2 -> query += "&" + odd + "=" + odd;
        case 3 ->
            path +=
                values.any(List.of("/", "//", "/.", "/..", "%2f", "%00", ";a=b", "%", "?", "#"));
        default ->
            query +=
                values.any(List.of("%zz", "&&&", "=", "a[]=1", "#x", "%ff", "limit=1&limit=2"));
      }
    }

    private void spoilHeaders() {
      if (random.nextInt(8) == 0) {
        headers.add("X-Long: " + "x".repeat(random.nextInt(30_000)));
        return;
      }
      String name = values.any(HEADER_NAMES);
      if (name.equals("Authorization")) {
        headers.removeIf(line -> line.startsWith("Authorization"));
      }
      framed &= !List.of("Content-Length", "Transfer-Encoding", "Expect").contains(name);
      String value = random.nextInt(3) == 0 ? oddHeader(name) : values.naughtyText();
      headers.add(name + ": " + value.replaceAll("[\r\n]", " "));
    }

    private String oddHeader(String name) {
      return switch (name) {
        case "Accept" ->
            values.any(List.of("text/markdown", "image/png", "*/*;q=0", "text/*;q=x", ",,"));
        case "Authorization" ->
            values.any(List.of("Bearer", "Bearer ", "Basic eDp4", "Bearer a.b.c", "bearer \u00E9"));
        case "Content-Length" -> values.any(List.of("-1", "99999999999999999999", "1, 1", "0x10"));
        case "Transfer-Encoding" -> values.any(List.of("gzip", "chunked, chunked", "identity"));
        case "Expect" -> "200-maybe";
        case "Cookie" -> "ccrew_session=x; ccrew_session=y; =; ;;";
        case "Range" -> "bytes=0-1,5-";
        case "Last-Event-ID" -> values.any(List.of("-1", "999999999999999999", "1e3", "0"));
        default -> "x".repeat(random.nextInt(2_000));
      };
    }

    private void spoilBytes() {
      if (body.length == 0) {
        return;
      }
      int at = random.nextInt(body.length);
      switch (random.nextInt(6)) {
        case 0 -> body = java.util.Arrays.copyOf(body, at);
        case 1 -> body[at] = (byte) random.nextInt(256);
        case 2 -> body = insert(at, new byte[] {(byte) 0xC3, 0x28});
        case 3 -> body = insert(at, new byte[] {(byte) 0xC0, (byte) 0x80, 0});
        case 4 ->
            body =
                values
                    .any(List.of("NaN", "{\"a\":1,\"a\":2}", "// x\n{}", "[", "{}{}", "\uFEFF{}"))
                    .getBytes(StandardCharsets.UTF_8);
        default -> body = "[".repeat(random.nextInt(50_000)).getBytes(StandardCharsets.UTF_8);
      }
    }

    private byte[] insert(int at, byte[] what) {
      byte[] longer = new byte[body.length + what.length];
      System.arraycopy(body, 0, longer, 0, at);
      System.arraycopy(what, 0, longer, at, what.length);
      System.arraycopy(body, at, longer, at + what.length, body.length - at);
      return longer;
    }

    /** Of an address mostly encoded, sometimes not; never with what would end the first line. */
    private String oddText() {
      String text = values.naughtyText();
      return random.nextInt(4) > 0 ? encoded(text) : text.replaceAll("[\\s\\u0000-\\u001F]", "+");
    }

    RawHttp.Request request() {
      if (body.length > 0) {
        headers.add("Content-Type: " + type);
      }
      if (framed && (body.length > 0 || operation.method().equals("POST"))) {
        headers.add("Content-Length: " + body.length);
      }
      headers.add("Connection: close");
      String target = query.isEmpty() ? path : path + "?" + query;
      return new RawHttp.Request(operation.method(), target, headers, framed ? body : new byte[0]);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
