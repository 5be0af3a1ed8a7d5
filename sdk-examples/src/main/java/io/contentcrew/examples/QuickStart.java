package io.contentcrew.examples;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.sdk.ContentCrew;
import java.time.Duration;

/**
 * From nothing to a blog post. Everything is in memory, no model is needed: the text is a labelled
 * sample, written at a pace that people can read, which takes some ten seconds.
 *
 * <p>Needs {@code contentcrew-sdk}.
 */
public final class QuickStart {
  private QuickStart() {}

  /** Writes one blog post and prints it as Markdown. */
  public static void main(String[] args) throws Exception {
    try (var crew = ContentCrew.start()) {
      var ada = crew.users().add("ada@example.com", "Ada");
      var brief = Brief.about("Solar power for small shops").withLength(Length.SHORT);
      var finished = crew.generate(ada.id(), brief).await(Duration.ofMinutes(5));
      System.out.println(finished.markdown(Format.BLOG));
    }
  }
}
