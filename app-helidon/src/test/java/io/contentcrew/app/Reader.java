package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page does with the events it gets, in however many connections: it puts the texts of the
 * tasks together, and complains when a number or a piece of text is missing or comes twice.
 */
final class Reader {
  private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
  private final List<String> types = new ArrayList<>();
  private long lastId;

  long lastId() {
    return lastId;
  }

  List<String> types() {
    return types;
  }

  /** The text of each task. */
  Map<String, String> texts() {
    Map<String, String> all = new LinkedHashMap<>();
    texts.forEach((task, text) -> all.put(task, text.toString()));
    return all;
  }

  void takeAll(List<Event> events) {
    events.forEach(this::take);
  }

  void take(Event event) {
    JsonNode data = event.data();
    if (event.type().equals("snapshot")) {
      assertThat(event.id())
          .as("a snapshot stands for numbers after the last")
          .isGreaterThan(lastId);
      texts.clear();
      data.get("texts")
          .forEach(
              text ->
                  texts.put(
                      text.get("task").textValue(),
                      new StringBuilder(text.get("text").textValue())));
    } else {
      assertThat(event.id()).as("the number of %s", data).isEqualTo(lastId + 1);
    }
    lastId = event.id();
    types.add(event.type());
    if (event.type().equals("task_restarted")) {
      texts.remove(data.get("task").textValue());
    } else if (event.type().equals("text_delta")) {
      StringBuilder text =
          texts.computeIfAbsent(data.get("task").textValue(), any -> new StringBuilder());
      assertThat(data.get("offset").intValue())
          .as("the place of %s", data)
          .isEqualTo(text.codePointCount(0, text.length()));
      text.append(data.get("text").textValue());
    }
  }
}
