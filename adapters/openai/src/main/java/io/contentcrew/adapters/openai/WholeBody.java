package io.contentcrew.adapters.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.contentcrew.adapters.llmhttp.Answer;
import io.contentcrew.adapters.llmhttp.AnswerException;
import io.contentcrew.adapters.llmhttp.LineDecoder;
import io.contentcrew.ports.generation.ModelFault;
import java.nio.charset.StandardCharsets;

/** The body of a server that answers in one piece although it was asked to stream. */
final class WholeBody implements LineDecoder {
  private static final int MAX = 8 << 20;

  private final StringBuilder body = new StringBuilder();

  @Override
  public void line(byte[] bytes, int from, int to, Answer answer) throws AnswerException {
    if (body.length() + to - from > MAX) {
      throw new AnswerException(
          ModelFault.TOO_LARGE, "The answer is longer than " + MAX + " bytes");
    }
    body.append(new String(bytes, from, to - from, StandardCharsets.UTF_8)).append('\n');
  }

  @Override
  public void end(Answer answer) throws AnswerException {
    try {
      new Chunks().take(Json.MAPPER.readTree(body.toString()), answer);
    } catch (JsonProcessingException e) {
      throw new AnswerException(ModelFault.PROTOCOL, "The answer is no JSON");
    }
    answer.over();
  }
}
