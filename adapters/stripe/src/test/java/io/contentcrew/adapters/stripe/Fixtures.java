package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Payloads that others have recorded; see INDEX.md beside them. */
final class Fixtures {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src", "test", "resources", "fixtures");

  private Fixtures() {}

  static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a delivery; a bare object is put into an event of that type. */
  static byte[] event(String name) {
    byte[] bytes = bytes(name);
    if (!name.startsWith("object.")) {
      return bytes;
    }
    return name.startsWith("object.subscription")
        ? event("customer.subscription.updated", json(bytes))
        : event("invoice.paid", json(bytes));
  }

  private static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode json(byte[] bytes) {
    try {
      return (ObjectNode) JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object of a JSON text in which single quotes stand for double ones. */
  static ObjectNode json(String text) {
    return json(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** An event about that object, of second 1,700,000,000. */
  static byte[] event(String type, ObjectNode object) {
    return event(type, object, JSON.createObjectNode());
  }

  static byte[] event(String type, ObjectNode object, ObjectNode previous) {
    ObjectNode event =
        json(
            "{'id':'evt_1','object':'event','api_version':'2026-07-29.dahlia','created':1700000000}");
    event.put("type", type);
    ObjectNode data = event.putObject("data");
    data.set("object", object);
    if (!previous.isEmpty()) {
      data.set("previous_attributes", previous);
    }
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** An event about that object, written with single quotes. */
  static byte[] event(String type, String object) {
    return event(type, json(object));
  }
}
