package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableTest {
  private static final String GOOD =
      "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"a.b\",\"created\":1,\"data\":{}}";

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("nothing", new byte[0]),
        Arguments.of("blanks", bytes("  \n")),
        Arguments.of("no JSON", bytes("hello")),
        Arguments.of("half of it", bytes(GOOD.substring(0, 40))),
        Arguments.of("two of it", bytes(GOOD + GOOD)),
        Arguments.of("an array", bytes("[" + GOOD + "]")),
        Arguments.of("a number", bytes("1")),
        Arguments.of("null", bytes("null")),
        Arguments.of("a text", bytes("\"evt_1\"")),
        Arguments.of("an empty object", bytes("{}")),
        Arguments.of("the same member twice", bytes(GOOD.replace("{}", "{\"a\":1,\"a\":1}"))),
        Arguments.of("two ids", bytes("{\"id\":\"evt_0\"," + GOOD.substring(1))),
        Arguments.of("a deep one", bytes("{\"a\":".repeat(500) + "1" + "}".repeat(500))),
        Arguments.of("a deep array", bytes("[".repeat(100_000))),
        Arguments.of("ten megabytes", bytes("{\"a\":\"" + "x".repeat(10 << 20) + "\"}")),
        Arguments.of("a byte order mark", bytes("\uFEFF" + GOOD)),
        Arguments.of("UTF-16", GOOD.getBytes(StandardCharsets.UTF_16)),
        Arguments.of("UTF-16 without a mark", GOOD.getBytes(StandardCharsets.UTF_16BE)),
        Arguments.of("a byte that is no UTF-8", replaced('b', 0xff)),
        Arguments.of("half a character", replaced('b', 0xc3)),
        Arguments.of("no id", bytes(GOOD.replace("\"id\"", "\"name\""))),
        Arguments.of("an id with a blank", bytes(GOOD.replace("evt_1", "evt 1"))),
        Arguments.of("an id with a NUL", bytes(GOOD.replace("evt_1", "evt\\u0000"))),
        Arguments.of("half a surrogate", bytes(GOOD.replace("evt_1", "evt\\ud800"))),
        Arguments.of("an endless id", bytes(GOOD.replace("evt_1", "e".repeat(256)))),
        Arguments.of("an id that is a number", bytes(GOOD.replace("\"evt_1\"", "1"))),
        Arguments.of("no type", bytes(GOOD.replace("\"type\"", "\"kind\""))),
        Arguments.of("no event", bytes(GOOD.replace("\"event\"", "\"charge\""))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] replaced(char letter, int with) {
    byte[] bytes = bytes(GOOD);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == letter ? (byte) with : bytes[i];
    }
    return bytes;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void what_is_no_event_is_known_by_its_digest(String what, byte[] body) {
    WebhookEvent event = EventReader.read(body);

    assertThat(event.events()).hasSize(1).hasOnlyElementsOfType(Unreadable.class);
    assertThat(event.key()).matches("sha256:[0-9a-f]{64}");
    assertThat(event.hasOwnId()).isFalse();
    assertThat(EventReader.read(body.clone())).isEqualTo(event);
  }

  @Test
  void the_digest_is_that_of_the_bytes() {
    assertThat(EventReader.read(new byte[0]).key())
        .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'id':'sub_1','customer':'cus_1'}",
        "{'id':'sub_1','status':'active'}",
        "{'customer':'cus_1','status':'active'}",
        "{'id':'sub 1','customer':'cus_1','status':'active'}",
        "{'id':'sub_1','customer':null,'status':'active'}",
        "{'id':'sub_1','customer':'cus_1','status':{}}"
      })
  void an_event_about_something_that_cannot_be_read_keeps_its_name(String object) {
    WebhookEvent event = EventReader.read(Fixtures.event("customer.subscription.updated", object));

    assertThat(event.key()).isEqualTo("evt_1");
    assertThat(event.hasOwnId()).isTrue();
    assertThat(event.type()).isEqualTo("customer.subscription.updated");
    assertThat(event.events()).hasSize(1).hasOnlyElementsOfType(Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkout.session.completed|{'mode':'subscription'}",
        "invoice.paid|{'subscription':'sub_1'}",
        "invoice.payment_failed|{'subscription':'sub_1'}",
        "customer.deleted|{}",
        "charge.refunded|{}",
        "refund.created|{}"
      })
  void so_does_one_without_what_it_is_about(String row) {
    String[] sides = row.split("\\|", 2);

    assertThat(EventReader.read(Fixtures.event(sides[0], sides[1])).events())
        .hasSize(1)
        .hasOnlyElementsOfType(Unreadable.class);
  }

  @Test
  void an_event_without_a_time_cannot_be_put_in_order() {
    for (String time : List.of("null", "'now'", "-1", "1e10", "99999999999999", "1.5")) {
      ObjectNode event =
          Fixtures.json(
              "{'id':'evt_1','object':'event','type':'customer.subscription.updated','created':"
                  + time
                  + ",'data':{'object':{'id':'sub_1','customer':'cus_1','status':'active'}}}");
      WebhookEvent read = EventReader.read(bytes(event.toString()));
      assertThat(read.events()).hasOnlyElementsOfType(Unreadable.class);
      assertThat(read.at()).isEmpty();
    }
  }

  /** Whatever is done to a delivery, reading it says something, and the same again. */
  @Test
  void nothing_that_is_sent_breaks_it() {
    Random random = new Random(20_261_123L);
    for (String name : Fixtures.names()) {
      byte[] body = Fixtures.event(name);
      for (int round = 0; round < 300; round++) {
        byte[] changed = round % 2 == 0 ? bytesChanged(body, random) : membersChanged(body, random);
        WebhookEvent event = EventReader.read(changed);
        assertThat(event.events()).isNotEmpty();
        assertThat(EventReader.read(changed)).isEqualTo(event);
      }
    }
  }

  private static byte[] bytesChanged(byte[] body, Random random) {
    byte[] changed = body.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) > 0 ? changed : Arrays.copyOf(changed, random.nextInt(changed.length));
  }

  /** Some members are of another kind than they should be. */
  private static byte[] membersChanged(byte[] body, Random random) {
    ObjectNode event = Fixtures.json(body);
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<ObjectNode> objects = new ArrayList<>();
      collect(event, objects);
      ObjectNode object = objects.get(random.nextInt(objects.size()));
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      if (!names.isEmpty()) {
        object.set(names.get(random.nextInt(names.size())), value(random));
      }
    }
    return bytes(event.toString());
  }

  private static void collect(JsonNode node, List<ObjectNode> into) {
    if (node instanceof ObjectNode object) {
      into.add(object);
    }
    if (node instanceof ObjectNode || node instanceof ArrayNode) {
      node.forEach(child -> collect(child, into));
    }
  }

  private static JsonNode value(Random random) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (random.nextInt(14)) {
      case 0 -> make.nullNode();
      case 1 -> make.booleanNode(random.nextBoolean());
      case 2 -> make.numberNode(-random.nextLong(1L << 62));
      case 3 -> make.numberNode(Long.MAX_VALUE);
      case 4 -> make.numberNode(new BigInteger("9".repeat(60)));
      case 5 -> make.numberNode(random.nextDouble());
      case 6 -> make.textNode("");
      case 7 -> make.textNode(" \u0000\uD800x");
      case 8 -> make.textNode("x".repeat(300));
      case 9 -> make.arrayNode().add(make.arrayNode()).add(1);
      case 10 -> make.objectNode();
      case 11 -> make.objectNode().put("id", "cus_9");
      case 12 -> make.objectNode().put("data", "nothing");
      default -> make.textNode("https://[x");
    };
  }
}
