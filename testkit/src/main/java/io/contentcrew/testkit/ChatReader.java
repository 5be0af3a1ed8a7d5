package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Task;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out what a chat request wants, as a model would: from its schema, from the role it names,
 * from the line that gives the topic.
 */
final class ChatReader {
  private static final Pattern TOPIC =
      Pattern.compile("(?im)^\\W*topic\\b[^:\\n]*:[ \\t]*(\\S.*)$");
  private static final Pattern TOPIC_BLOCK =
      Pattern.compile("(?is)\\btopic\\b[^\\n]*\\n\\W*?\\n?([^\\n]*\\p{L}[^\\n]*)");
  private static final Pattern WORDS = Pattern.compile("(?i)\\b([0-9]{2,4})\\s+words");

  private static final int MAX_TOPIC = 500;

  private ChatReader() {}

  /** A good answer to the request. */
  static String answer(FakeRequest request) {
    String text = text(request);
    Task task = task(request, text);
    String topic = topic(text);
    Brief brief = Brief.about(topic.substring(0, Math.min(topic.length(), MAX_TOPIC)));
    return SampleAnswers.of(task, brief.withLength(length(task, text)));
  }

  private static String text(FakeRequest request) {
    StringBuilder text = new StringBuilder();
    for (JsonNode message : request.body().path("messages")) {
      text.append(message.path("content").asText()).append('\n');
    }
    return text.toString();
  }

  private static Task task(FakeRequest request, String text) {
    JsonNode openAi = request.body().path("response_format").path("json_schema").path("schema");
    JsonNode schema = openAi.isMissingNode() ? request.body().path("format") : openAi;
    JsonNode properties = schema.path("properties");
    if (properties.has("linkedin")) {
      return Task.SOCIAL;
    }
    if (properties.has("intro_hook")) {
      return Task.AUDIO;
    }
    if (properties.has("hook") || properties.has("scenes")) {
      return Task.VIDEO;
    }
    Task last = Task.WRITE;
    int at = -1;
    for (Task task : Task.values()) {
      String role = task.agent().role().toLowerCase(Locale.ROOT);
      int found = task.writesProse() ? text.toLowerCase(Locale.ROOT).lastIndexOf(role) : -1;
      if (found > at) {
        at = found;
        last = task;
      }
    }
    return last;
  }

  private static String topic(String text) {
    Matcher line = TOPIC.matcher(text);
    if (line.find()) {
      return line.group(1);
    }
    Matcher block = TOPIC_BLOCK.matcher(text);
    return block.find() ? block.group(1) : "Ideas worth a try";
  }

  /** The length whose number of words the request names, or comes closest to. */
  private static Length length(Task task, String text) {
    Length closest = Length.MEDIUM;
    int distance = Integer.MAX_VALUE;
    Matcher words = WORDS.matcher(text);
    while (words.find()) {
      int wanted = Integer.parseInt(words.group(1));
      for (Length length : Length.values()) {
        int target = task.writesProse() ? length.articleWords() : length.spokenWords();
        if (Math.abs(target - wanted) < distance) {
          distance = Math.abs(target - wanted);
          closest = length;
        }
      }
    }
    return closest;
  }
}
