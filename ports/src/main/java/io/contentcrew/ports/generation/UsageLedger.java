package io.contentcrew.ports.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What users have had of their quotas: a ledger with one row for each job and format, which is
 * reserved, then settled or released, once. At any time a user's usage in a period is the number of
 * rows reserved and settled in it.
 */
public interface UsageLedger {
  /** The usage of a user in a period; a format without any may be missing. */
  Map<Format, FormatUsage> usage(UserId user, UsagePeriod period);

  /** The usage of a user in every period that is remembered, the latest first. */
  List<Period> periods(UserId user);

  /**
   * Reserves a piece of each format for a job. Atomic: of reservations that race for the last
   * piece, one gets it.
   *
   * @return the formats whose allowance would have been passed; if there are any, roll the
   *     transaction back, for the others may have been reserved
   */
  Set<Format> reserve(
      JobId job, UserId user, UsagePeriod period, Map<Format, Allowance> allowances);

  /**
   * Makes all that one user has had another's: what is reserved stays reserved, and is settled or
   * released where it is counted then. Where there is something in that period already, it is added
   * up, beyond any allowance. Both accounts must exist, and be held by {@code Users.lock}, and the
   * jobs behind the reservations by {@link Jobs#lockActive}.
   *
   * @param into the period in which all of it counts from now on; if empty, each in its own
   */
  void handOver(UserId from, UserId to, Optional<UsagePeriod> into);

  /** Turns the reservation into use. Returns false, and changes nothing, unless it is reserved. */
  boolean settle(JobId job, Format format);

  /** Gives all that is still reserved for the job back. Returns the formats that were. */
  Set<Format> release(JobId job);

  /**
   * Gives back what is still reserved for jobs that are over, or gone. There is nothing of that
   * kind unless somebody has changed the stores by hand; it must not eat a user's quota for ever.
   *
   * @param limit at most so many jobs
   * @return how many jobs had something reserved
   */
  int releaseLapsed(int limit);

  /**
   * Forgets the usage of periods that ended before {@code endedBefore}, and the rows behind it.
   *
   * @param limit at most so many rows
   * @return how many rows were forgotten; fewer than {@code limit} when no more are left
   */
  int purge(Instant endedBefore, int limit);

  /** What a user has had in a period. */
  record Period(UsagePeriod period, Map<Format, FormatUsage> usage) {
    public Period {
      usage = Map.copyOf(usage);
    }
  }
}
