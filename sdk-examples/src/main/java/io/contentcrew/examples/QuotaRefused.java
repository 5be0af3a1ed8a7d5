package io.contentcrew.examples;

import io.contentcrew.adapters.memory.OfflineWriter;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.GenerationRefusedException;
import io.contentcrew.sdk.generation.SubmitGeneration.Outcome.OverQuota;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * A user who has had all audio scripts of the free tier: the refusal is an exception with a typed
 * reason. Who would rather not have exceptions calls {@code crew.submitGeneration()}.
 *
 * <p>Needs {@code contentcrew-sdk} and {@code contentcrew-memory}; the latter only to write without
 * pauses.
 */
public final class QuotaRefused {
  private QuotaRefused() {}

  /** Asks for scripts until there are no more. */
  public static void main(String[] args) throws Exception {
    try (var crew = ContentCrew.builder().textGenerator(OfflineWriter.at(0)).build()) {
      var ada = crew.users().add("ada@example.com", "Ada");
      for (int episode = 1; ; episode++) {
        var brief = Brief.about("Episode " + episode + " of our podcast").withFormats(Format.AUDIO);
        crew.generate(ada.id(), brief).await(Duration.ofMinutes(1));
        System.out.println("Episode " + episode + " is written.");
      }
    } catch (GenerationRefusedException refused) {
      System.out.println(refused.getMessage());
      if (refused.outcome() instanceof OverQuota over) {
        over.formats()
            .forEach(full -> System.out.println(full.format() + ": limit " + full.limit()));
        System.out.println(
            "New ones from " + over.period().end().atOffset(ZoneOffset.UTC).toLocalDate());
        over.upgradeTo().ifPresent(tier -> System.out.println("More with the tier " + tier));
      }
    }
  }
}
