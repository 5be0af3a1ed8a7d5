package io.contentcrew.examples;

import io.contentcrew.adapters.memory.OfflineWriter;
import io.contentcrew.adapters.postgres.PostgresAdapter;
import io.contentcrew.adapters.postgres.PostgresConfig;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.sdk.ContentCrew;
import java.time.Duration;
import java.util.Optional;

/**
 * Users, jobs and pieces in a PostgreSQL database, where they outlive the program: run it again,
 * and the list is longer.
 *
 * <p>Needs {@code contentcrew-sdk} and {@code contentcrew-postgres}, and {@code contentcrew-memory}
 * only to write without pauses.
 */
public final class WithPostgres {
  private static final Jobs.Query ALL = new Jobs.Query(Optional.empty(), Optional.empty(), 100);

  private static final String EMAIL = "ada@example.com";

  private WithPostgres() {}

  /** Writes one piece and lists all; the first argument is the URL of the database. */
  public static void main(String[] args) throws Exception {
    Storage storage = PostgresAdapter.open(PostgresConfig.parse(args[0]));
    var writer = OfflineWriter.at(0);
    try (var crew = ContentCrew.builder().storage(storage).textGenerator(writer).build()) {
      User ada = crew.users().find(EMAIL).orElseGet(() -> crew.users().add(EMAIL, "Ada"));
      Brief brief = Brief.about("Solar power for small shops").withFormats(Format.SOCIAL);
      crew.generate(ada.id(), brief).await(Duration.ofMinutes(1));
      for (Job job : crew.readJobs().page(ada.id(), ALL)) {
        System.out.println(job.createdAt() + " " + job.status() + ": " + job.brief().topic());
      }
    }
  }
}
