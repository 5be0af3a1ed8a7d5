package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Transactions;

/** Deletes jobs for their owners. Safe for use by many threads. */
public final class DeleteJob {
  private final Transactions transactions;

  DeleteJob(Transactions transactions) {
    this.transactions = transactions;
  }

  /** What became of the wish. */
  public enum Outcome {
    /** The job and all that belonged to it are gone. */
    DELETED,
    /** It still waits or runs, or a revision of one of its pieces does: cancel that first. */
    STILL_ACTIVE,
    /** The user has no such job. */
    NOT_FOUND
  }

  /**
   * Deletes a job that is over, with its pieces, its log and its revisions. The quota it used stays
   * used.
   */
  public Outcome delete(JobId id, UserId owner) {
    return transactions.inTransaction(
        stores -> {
          if (stores.jobs().delete(id, owner)) {
            return Outcome.DELETED;
          }
          return stores.jobs().find(id, owner).isPresent()
              ? Outcome.STILL_ACTIVE
              : Outcome.NOT_FOUND;
        });
  }
}
