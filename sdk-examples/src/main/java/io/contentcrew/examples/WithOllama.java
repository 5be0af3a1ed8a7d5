package io.contentcrew.examples;

import io.contentcrew.adapters.ollama.OllamaAdapter;
import io.contentcrew.adapters.ollama.OllamaConfig;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.sdk.ContentCrew;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A real model instead of samples: an Ollama server. A user on the free tier is written for by the
 * tier's model, which must be there: {@code ollama pull llama3.2:1b}.
 *
 * <p>Needs {@code contentcrew-sdk} and {@code contentcrew-ollama}.
 */
public final class WithOllama {
  private WithOllama() {}

  /** Writes one blog post; the first argument is the address of the server. */
  public static void main(String[] args) throws Exception {
    var config = OllamaConfig.of(args.length > 0 ? args[0] : "http://localhost:11434");
    try (var ollama = OllamaAdapter.open(config, InstantSource.system());
        var crew = ContentCrew.builder().textGenerator(ollama.textGenerator()).build()) {
      var ada = crew.users().add("ada@example.com", "Ada");
      var job = crew.generate(ada.id(), Brief.about("Solar power for small shops"));
      var finished = job.await(Duration.ofMinutes(20));
      var engine = finished.job().engine();
      System.out.println(
          finished.job().status() + ", by " + engine.model() + " on " + engine.name());
      System.out.println(finished.markdown(Format.BLOG));
    }
  }
}
