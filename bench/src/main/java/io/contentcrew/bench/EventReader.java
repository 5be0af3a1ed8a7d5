package io.contentcrew.bench;

import io.contentcrew.domain.generation.Task;
import java.nio.charset.StandardCharsets;

/** Reads the events of a job from the service. */
final class EventReader extends StreamReader {
  private static final String DELTA = "data: {\"type\":\"text_delta\"";

  private final byte[] request;
  private final int[] points = new int[Answers.TASKS.size()];
  private final int[] tokens = new int[Answers.TASKS.size()];
  private boolean complete;

  EventReader(Round round, int stream, Latencies latencies, String jobId, String accessToken) {
    super(round, stream, latencies);
    request =
        ("GET /v1/content/jobs/"
                + jobId
                + "/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                + "Authorization: Bearer "
                + accessToken
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  byte[] request() {
    return request;
  }

  @Override
  public void line(byte[] bytes, int from, int to) {
    if (to - from < 6) {
      return;
    }
    if (bytes[from] == 'd') {
      String line = HttpAnswer.text(bytes, from, to);
      if (line.startsWith(DELTA)) {
        delta(line);
      }
    } else if (bytes[from] == 'e') {
      event(HttpAnswer.text(bytes, from, to));
    }
  }

  private void event(String line) {
    switch (line) {
      case "event: complete" -> complete = true;
      case "event: error", "event: cancelled", "event: task_restarted", "event: snapshot" ->
          fail("the service sent " + line);
      default -> {}
    }
  }

  private void delta(String line) {
    String name = between(line, "\"task\":\"", "\"");
    int task = task(name);
    int offset = Integer.parseInt(between(line, "\"offset\":", ","));
    if (offset != points[task]) {
      fail("the text of task " + name + " goes on at " + offset + ", not at " + points[task]);
      return;
    }
    points[task] += points(line, line.indexOf("\"text\":\"") + 8);
    Answers.Answer answer = round.answers().get(task);
    while (tokens[task] < answer.size() && answer.end(tokens[task]) <= points[task]) {
      arrived(answer.first() + tokens[task]);
      tokens[task]++;
    }
  }

  private static int task(String wireName) {
    for (Task task : Answers.TASKS) {
      if (task.wireName().equals(wireName)) {
        return Answers.TASKS.indexOf(task);
      }
    }
    throw new IllegalStateException("a job for a blog post has no task " + wireName);
  }

  private static String between(String line, String before, String after) {
    int from = line.indexOf(before) + before.length();
    return line.substring(from, line.indexOf(after, from));
  }

  /** The code points of a JSON string, up to its closing quote; each escape counts as one. */
  private static int points(String line, int from) {
    int points = 0;
    for (int i = from; line.charAt(i) != '"'; i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        i += line.charAt(i + 1) == 'u' ? 5 : 1;
      }
      if ((c & 0xC0) != 0x80) { // not a further byte of a character
        points++;
      }
    }
    return points;
  }

  @Override
  public void end() {
    if (!complete) {
      fail("the stream ended before the job did");
    }
    done();
  }
}
