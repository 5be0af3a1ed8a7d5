package io.contentcrew.examples;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.sdk.ContentCrew;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A text generator of one's own: {@link FunctionTextGenerator}, here around a canned article that
 * it gives out word by word. Its test extends the testkit's {@code TextGeneratorContract}, which
 * proves that any crew can work with it.
 *
 * <p>Needs {@code contentcrew-sdk}, and {@code contentcrew-testkit} in test scope.
 */
public final class OwnTextGenerator {
  private static final Pattern AFTER_A_WORD = Pattern.compile("(?<=\\s)(?=\\S)");

  private OwnTextGenerator() {}

  /** Has the canned article checked and printed by a crew. */
  public static void main(String[] args) throws Exception {
    String article = article();
    var canned = new FunctionTextGenerator(prompt -> AFTER_A_WORD.splitAsStream(article));
    try (var crew = ContentCrew.builder().textGenerator(canned).build()) {
      var ada = crew.users().add("ada@example.com", "Ada");
      var brief = Brief.about("Sourdough bread at home").withLength(Length.SHORT);
      var finished = crew.generate(ada.id(), brief).await(Duration.ofMinutes(1));
      System.out.println("By " + finished.job().engine().name() + ":\n");
      System.out.println(finished.markdown(Format.BLOG));
    }
  }

  private static String article() throws Exception {
    try (InputStream in = OwnTextGenerator.class.getResourceAsStream("article.md")) {
      if (in == null) {
        throw new IllegalStateException("article.md is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
