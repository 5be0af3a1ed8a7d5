package io.contentcrew.adapters.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.adapters.llmhttp.AnswerException;
import io.contentcrew.adapters.llmhttp.Dialect;
import io.contentcrew.adapters.llmhttp.Endpoint;
import io.contentcrew.adapters.llmhttp.LineDecoder;
import io.contentcrew.adapters.llmhttp.ModelList;
import io.contentcrew.adapters.llmhttp.Refusals;
import io.contentcrew.adapters.llmhttp.Reply;
import io.contentcrew.adapters.llmhttp.UnusableException;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.generation.ModelFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenAI's chat completions. */
final class OpenAiDialect implements Dialect {
  static final String PRODUCT = "The OpenAI-compatible server";

  private final OpenAiConfig config;
  private final OpenAiQuestion questions;

  OpenAiDialect(OpenAiConfig config) {
    this.config = config;
    this.questions = new OpenAiQuestion(config);
  }

  @Override
  public String product() {
    return PRODUCT;
  }

  @Override
  public String whenAway() {
    return "Check that it is up, and its address";
  }

  @Override
  public Map<String, String> headers() {
    return config
        .apiKey()
        .map(key -> Map.of("Authorization", "Bearer " + key.reveal()))
        .orElse(Map.of());
  }

  @Override
  public String chatPath() {
    return "/chat/completions";
  }

  @Override
  public byte[] question(Prompt prompt, Endpoint endpoint) {
    return questions.of(prompt);
  }

  @Override
  public boolean understands(String contentType) {
    return contentType.isEmpty()
        || contentType.contains("event-stream")
        || contentType.contains("json");
  }

  @Override
  public LineDecoder decoder(String contentType) {
    return contentType.contains("json") ? new WholeBody() : new EventLines();
  }

  @Override
  public AnswerException refusal(Reply reply, ModelName model, Endpoint endpoint) {
    JsonNode error = error(reply);
    if (reply.status() == 404 && !error.isMissingNode()) {
      return new AnswerException(
          ModelFault.MODEL_MISSING,
          PRODUCT
              + " at "
              + endpoint
              + " does not have the model "
              + config.nameOf(model)
              + ". "
              + remedy(model));
    }
    return Refusals.of(reply, endpoint, PRODUCT, Errors.words(error));
  }

  private static JsonNode error(Reply reply) {
    try {
      return Errors.in(Json.MAPPER.readTree(reply.body()));
    } catch (IOException e) {
      return Json.MAPPER.missingNode(); // a page of a proxy says nothing that helps
    }
  }

  @Override
  public String remedy(ModelName model) {
    String name = config.nameOf(model);
    return name.equals(model.value())
        ? "Offer it there, or map its name to one of the provider's"
        : "Offer it there, or correct the name that " + model + " is mapped to";
  }

  /** The list of models is the only thing that costs nothing; servers without one are alive too. */
  @Override
  public void ping(Endpoint endpoint, Duration timeout) throws IOException {
    list(endpoint, timeout);
  }

  private static Reply list(Endpoint endpoint, Duration timeout) throws IOException {
    Reply reply = endpoint.get("/models", timeout);
    if (reply.status() >= 500) {
      throw new UnusableException(
          PRODUCT + " at " + endpoint + " failed (" + reply.status() + ").");
    }
    return reply;
  }

  @Override
  public ModelList models(Endpoint endpoint, Duration timeout) throws IOException {
    Reply reply = list(endpoint, timeout);
    if (reply.status() == 401 || reply.status() == 403) {
      throw new UnusableException(
          PRODUCT
              + " at "
              + endpoint
              + " does not let us in (status "
              + reply.status()
              + "). Check the key, or its rights.");
    }
    List<String> names = new ArrayList<>();
    if (reply.status() == 200 && reply.contentType().contains("json")) {
      Json.MAPPER
          .readTree(reply.body())
          .path("data")
          .forEach(model -> names.add(model.path("id").asText()));
    }
    boolean unknown = names.isEmpty(); // it has no list: then only a chat can tell
    return new ModelList(
        model -> unknown || names.stream().anyMatch(name -> means(name, config.nameOf(model))),
        model -> false);
  }

  /** Gateways list whole families as {@code provider/*}. */
  private static boolean means(String listed, String wanted) {
    return listed.equals(wanted)
        || (listed.endsWith("*") && wanted.startsWith(listed.substring(0, listed.length() - 1)));
  }
}
