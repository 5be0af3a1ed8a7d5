package io.contentcrew.adapters.paystack;

import static io.contentcrew.adapters.paystack.Webhooks.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of a sample, reading it never fails and says the same again. */
class PaystackFuzzTest {
  private static final int ROUNDS = 400;
  private static final List<String> WORDS =
      List.of("", "0", "active", "\0", "\uD800", "PLN_1", "{}", "x".repeat(300), "2026-01-01");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "charge.dispute.create",
        "charge.success.one-off",
        "charge.success.plan",
        "invoice.create",
        "invoice.payment_failed",
        "refund.failed",
        "refund.pending",
        "refund.processed",
        "subscription.create",
        "subscription.disable",
        "subscription.not_renew",
        "transfer.success"
      })
  void a_sample_with_other_values_or_other_bytes_is_read_all_the_same(String name) {
    byte[] sample = fixture(name);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < ROUNDS; i++) {
      assertReadable(otherBytes(sample, random));
      JsonNode json = Json.object(sample).orElseThrow();
      int changes = 1 + random.nextInt(3);
      for (int change = 0; change < changes; change++) {
        changeOne(json, random);
      }
      assertReadable(Json.bytes(json));
    }
  }

  private static void assertReadable(byte[] body) {
    WebhookEvent event = Webhooks.read(body);
    assertThat(event.events()).isNotEmpty();
    assertThat(event.key()).matches("[\\x21-\\x7E]{1,500}");
    assertThat(event.type()).matches("[\\x21-\\x7E]{1,100}");
    assertThat(Webhooks.read(body)).isEqualTo(event);
  }

  private static byte[] otherBytes(byte[] sample, Random random) {
    byte[] body = sample.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    return body;
  }

  private static void changeOne(JsonNode json, Random random) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(json, objects);
    ObjectNode object = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    if (random.nextInt(4) == 0) {
      object.remove(name);
    } else {
      object.set(name, anything(random));
    }
  }

  private static void collect(JsonNode json, List<ObjectNode> objects) {
    if (json instanceof ObjectNode object) {
      objects.add(object);
    }
    json.forEach(child -> collect(child, objects));
  }

  private static JsonNode anything(Random random) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(8)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.numberNode(random.nextLong());
      case 2 -> nodes.numberNode(random.nextDouble());
      case 3 -> nodes.booleanNode(random.nextBoolean());
      case 4 -> nodes.objectNode();
      case 5 -> new ArrayNode(nodes).add("x");
      default -> nodes.textNode(WORDS.get(random.nextInt(WORDS.size())));
    };
  }
}
