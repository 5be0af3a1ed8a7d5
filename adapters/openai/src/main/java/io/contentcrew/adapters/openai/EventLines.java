package io.contentcrew.adapters.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.adapters.llmhttp.Answer;
import io.contentcrew.adapters.llmhttp.AnswerException;
import io.contentcrew.adapters.llmhttp.LineDecoder;
import io.contentcrew.ports.generation.ModelFault;
import java.nio.charset.StandardCharsets;

/**
 * The lines of an event stream, of which only the data matters. An event is taken when its JSON is
 * complete, which nearly always is its first line; one that is spread over several is put together.
 */
final class EventLines implements LineDecoder {
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

  private final Chunks chunks = new Chunks();
  private String begun = "";

  @Override
  public void line(byte[] bytes, int from, int to, Answer answer) throws AnswerException {
    if (from == to) {
      if (!begun.isEmpty()) {
        throw noJson(answer);
      }
      return;
    }
    if (!isData(bytes, from, to)) {
      return; // a comment, which keeps the connection alive, or another field
    }
    int start = from + DATA.length;
    if (start < to && bytes[start] == ' ') {
      start++;
    }
    String data = new String(bytes, start, to - start, StandardCharsets.UTF_8);
    if (data.equals("[DONE]")) {
      answer.over();
    } else if (!data.isEmpty()) {
      take(begun.isEmpty() ? data : begun + "\n" + data, answer);
    }
  }

  private static boolean isData(byte[] bytes, int from, int to) {
    if (to - from < DATA.length) {
      return false;
    }
    for (int i = 0; i < DATA.length; i++) {
      if (bytes[from + i] != DATA[i]) {
        return false;
      }
    }
    return true;
  }

  private void take(String event, Answer answer) throws AnswerException {
    JsonNode tree;
    try {
      tree = Json.MAPPER.readTree(event);
      begun = "";
    } catch (JsonEOFException e) {
      begun = event; // another line may complete it
      return;
    } catch (JsonProcessingException e) {
      throw noJson(answer);
    }
    if (!tree.isObject()) {
      throw noJson(answer);
    }
    chunks.take(tree, answer);
  }

  private static AnswerException noJson(Answer answer) {
    return new AnswerException(
        ModelFault.PROTOCOL, "Line " + answer.line() + " of the answer is no JSON object");
  }
}
