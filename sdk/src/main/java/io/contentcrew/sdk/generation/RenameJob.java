package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Transactions;
import java.util.Optional;

/** Lets owners call their jobs what they like. Safe for use by many threads. */
public final class RenameJob {
  private final Transactions transactions;

  RenameJob(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Gives a job that name, in whatever state it is; without one it goes by its topic again.
   *
   * @return the job as it is now; empty if the user has no such job
   */
  public Optional<Job> rename(JobId id, UserId owner, Optional<Title> title) {
    return transactions.inTransaction(
        stores ->
            stores.jobs().rename(id, owner, title)
                ? stores.jobs().find(id, owner)
                : Optional.empty());
  }
}
