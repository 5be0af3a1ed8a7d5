package io.contentcrew.examples;

import io.contentcrew.adapters.memory.OfflineWriter;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.ArtifactReady;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.user.User;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.Generation;
import java.time.Duration;

/**
 * Words as they arrive, and a job that is stopped half way: what was finished stays, and the quota
 * of the rest is given back.
 *
 * <p>Needs {@code contentcrew-sdk} and {@code contentcrew-memory}; the latter only for its own
 * pace.
 */
public final class StreamAndCancel {
  private StreamAndCancel() {}

  /** Streams one job to its end, then cancels another. */
  public static void main(String[] args) throws Exception {
    try (var crew = ContentCrew.builder().textGenerator(OfflineWriter.at(200)).build()) {
      User ada = crew.users().add("ada@example.com", "Ada");
      stream(crew.generate(ada.id(), Brief.about("Bees on the roof").withFormats(Format.SOCIAL)));
      Brief both = Brief.about("A garden without a hose").withLength(Length.SHORT);
      cancel(crew.generate(ada.id(), both.withFormats(Format.BLOG, Format.VIDEO)));
      System.out.println("Counted this month: " + crew.showUsage().show(ada.id()).formats());
    }
  }

  private static void stream(Generation job) throws InterruptedException {
    job.follow(
        logged -> {
          switch (logged.event()) {
            case JobEvent.TaskStarted started ->
                System.out.println("\n[" + started.task().agent().role() + "]");
            case JobEvent.TextDelta delta -> System.out.print(delta.text());
            case JobEvent.TaskRestarted restarted ->
                System.out.println("\n[once more, from the top]");
            case JobEvent.Ended ended -> System.out.println("\nThe job is " + ended.status() + ".");
            default -> {}
          }
        });
  }

  private static void cancel(Generation job) throws Exception {
    job.follow(
        logged -> {
          if (logged.event() instanceof ArtifactReady ready && ready.format() == Format.BLOG) {
            job.cancel(); // of the video some words are written, or none
          }
        });
    Generation.Finished finished = job.await(Duration.ofSeconds(10));
    System.out.println("The other job is " + finished.job().status() + ".");
    finished
        .job()
        .results()
        .forEach((format, result) -> System.out.println(format + ": " + result.wireName()));
  }
}
