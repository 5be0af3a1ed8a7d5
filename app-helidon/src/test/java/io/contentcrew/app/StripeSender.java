package io.contentcrew.app;

import io.contentcrew.app.Client.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends what Stripe would send, signed as Stripe signs; and other things. */
final class StripeSender {
  static final String SECRET = "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH";
  static final String PATH = "/api/webhooks/stripe";

  private static final AtomicLong COUNTER = new AtomicLong();

  private final Client client;

  StripeSender(Client client) {
    this.client = client;
  }

  /** The value of the header for a body that is signed now. */
  static String signature(byte[] body) {
    long now = InstantSource.system().instant().getEpochSecond();
    return "t=" + now + ",v1=" + hmac("HmacSHA256", SECRET, now + ".", body);
  }

  static String hmac(String algorithm, String secret, String prefix, byte[] body) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      mac.update(prefix.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends those bytes, rightly signed. */
  Answer genuine(byte[] body, String... headers) {
    return send(body, signature(body), headers);
  }

  /** Sends those bytes with that signature. */
  Answer send(byte[] body, String signature, String... headers) {
    HttpRequest.Builder request = client.request(PATH, headers);
    return client.send(
        request.header("Stripe-Signature", signature).POST(BodyPublishers.ofByteArray(body)));
  }

  /** The name of that event. */
  static String id(byte[] event) {
    try {
      return Client.JSON.readTree(event).get("id").textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event about a subscription of that user, for that price. */
  static byte[] subscription(String type, String id, String user, String price, Instant at) {
    return subscription(type, id, user, price, at, "active");
  }

  static byte[] subscription(
      String type, String id, String user, String price, Instant at, String status) {
    long start = at.getEpochSecond();
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", "si_" + id);
    item.put("price", Map.of("id", price, "object", "price"));
    item.put("current_period_start", start);
    item.put("current_period_end", start + 30 * 86_400);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", id);
    object.put("object", "subscription");
    object.put("customer", "cus_" + id);
    object.put("status", status);
    object.put("cancel_at_period_end", false);
    object.put("metadata", user.isEmpty() ? Map.of() : Map.of("user_id", user));
    object.put("items", Map.of("object", "list", "data", new ArrayList<>(List.of(item))));
    return event(type, object, at);
  }

  /** An event with an id of its own. */
  static byte[] event(String type, Map<String, Object> object, Instant at) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", "evt_" + COUNTER.incrementAndGet() + "_" + at.toEpochMilli());
    event.put("object", "event");
    event.put("api_version", "2025-09-30.clover");
    event.put("created", at.getEpochSecond());
    event.put("livemode", false);
    event.put("type", type);
    event.put("data", Map.of("object", object));
    return Json.write(event);
  }
}
