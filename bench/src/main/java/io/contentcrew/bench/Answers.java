package io.contentcrew.bench;

import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.testkit.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The three answers that a job for a blog post asks a model for, token by token. All streams get
 * the same ones, so that both ends know every token by its place in the text, and nothing need be
 * added to the text to tell when it was written.
 */
final class Answers {
  /** In the order in which a job asks. */
  static final List<Task> TASKS = List.of(Task.RESEARCH, Task.WRITE, Task.EDIT);

  private final List<Answer> answers = new ArrayList<>();
  private final int total;

  /** One answer. */
  static final class Answer {
    private final int first;
    private final List<byte[]> tokens;
    private final int[] ends;

    private Answer(int first, List<byte[]> tokens, int[] ends) {
      this.first = first;
      this.tokens = tokens;
      this.ends = ends;
    }

    /** The number of its first token among those of all answers. */
    int first() {
      return first;
    }

    int size() {
      return tokens.size();
    }

    /** A token as the inside of a JSON string. */
    byte[] json(int token) {
      return tokens.get(token);
    }

    /** Where the token ends in the text, in code points. */
    int end(int token) {
      return ends[token];
    }
  }

  Answers() {
    Brief brief = Brief.about(topic("of yours")).withLength(Length.SHORT);
    int first = 0;
    for (Task task : TASKS) {
      Answer answer = answer(first, Script.sampleAnswer(task, brief));
      answers.add(answer);
      first += answer.size();
    }
    total = first;
  }

  /** What a stream asks for; {@code which} tells the streams apart. */
  static String topic(String which) {
    return "How to plan the spring cleaning for house " + which;
  }

  private static Answer answer(int first, String text) {
    String[] words = text.split("(?<=\\S)(?=\\s)", -1);
    int[] ends = new int[words.length];
    List<byte[]> tokens = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < words.length; i++) {
      end += words[i].codePointCount(0, words[i].length());
      ends[i] = end;
      String json = words[i].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      tokens.add(json.getBytes(StandardCharsets.UTF_8));
    }
    return new Answer(first, tokens, ends);
  }

  /** An answer by its place in the order. */
  Answer get(int index) {
    return answers.get(index);
  }

  int size() {
    return answers.size();
  }

  /** The tokens of all answers. */
  int tokens() {
    return total;
  }
}
