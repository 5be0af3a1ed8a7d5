package io.contentcrew.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One connection to {@link FakeStripe}: a request, its answer, and so on. */
final class FakeStripeConnection {
  private static final CountDownLatch OPEN = new CountDownLatch(0);

  private final FakeStripe server;
  private final Wire wire;

  FakeStripeConnection(FakeStripe server, Socket socket) throws IOException {
    this.server = server;
    this.wire = new Wire(socket);
  }

  void serve() throws IOException {
    try {
      boolean open = true;
      for (Wire.Head head = wire.read(); open && head != null; head = open ? wire.read() : null) {
        FakeStripeRequest request = request(head);
        Optional<FakeStripeAnswer> scripted = server.scripted(request);
        open = scripted.isPresent() ? misbehave(request, scripted.get()) : answer(request, OPEN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the connection stays. */
  private boolean misbehave(FakeStripeRequest request, FakeStripeAnswer answer)
      throws IOException, InterruptedException {
    return switch (answer) {
      case FakeStripeAnswer.Instead(int status, Map<String, String> headers, String body) ->
          send(status, headers, body);
      case FakeStripeAnswer.HangUp hangUp -> false;
      case FakeStripeAnswer.DoneThenHangUp hangUp -> {
        server.answer(request, OPEN);
        yield false;
      }
      case FakeStripeAnswer.Silence(String bytes) -> {
        wire.garbage(bytes);
        server.awaitStop();
        yield false;
      }
      case FakeStripeAnswer.Garbage(String bytes) -> {
        wire.garbage(bytes);
        yield false;
      }
      case FakeStripeAnswer.Late(CountDownLatch latch) -> answer(request, latch);
    };
  }

  private boolean answer(FakeStripeRequest request, CountDownLatch latch)
      throws IOException, InterruptedException {
    FakeStripeKeys.Reply reply = server.answer(request, latch);
    return send(reply.status(), reply.headers(), reply.body());
  }

  private boolean send(int status, Map<String, String> headers, String body) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(server.now().atOffset(ZoneOffset.UTC)));
    all.put("Request-Id", "req_ofTheFake");
    all.putAll(headers);
    wire.whole(status, "application/json", all, body);
    return true;
  }

  private static FakeStripeRequest request(Wire.Head head) {
    String[] parts = head.path().split("\\?", 2);
    Map<String, String> fields = new HashMap<>();
    if (parts.length > 1) {
      add(fields, parts[1]);
    }
    add(fields, head.body());
    return new FakeStripeRequest(head.method(), decoded(parts[0]), head.headers(), fields);
  }

  private static void add(Map<String, String> fields, String form) {
    for (String pair : form.split("&", -1)) {
      String[] sides = pair.split("=", 2);
      if (!sides[0].isEmpty()) {
        fields.put(decoded(sides[0]), sides.length > 1 ? decoded(sides[1]) : "");
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
