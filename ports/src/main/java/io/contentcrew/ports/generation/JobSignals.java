package io.contentcrew.ports.generation;

import io.contentcrew.domain.generation.JobId;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Tells all instances at once what is new about jobs, so that they need not look again and again.
 * Safe for use by many threads.
 *
 * <p>A signal is a hint and carries nothing: what it is about is in the stores. It may come twice,
 * late, or, where the way is broken, never; so whoever waits for one looks by himself now and then.
 */
public interface JobSignals {
  /**
   * Sends signals to all who listen, those of this process included. Signals that one call sends
   * arrive in their order.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if they could not be sent, within a
   *     fraction of a second; some of them may have been
   */
  void send(Collection<Signal> signals);

  /**
   * Calls {@code listener} for every signal that is sent from now on, on a thread of the adapter's;
   * it must be quick and must not throw. Where the way breaks it is opened again by itself.
   */
  Listening listen(Consumer<Signal> listener);

  /** Somebody listens. */
  interface Listening extends AutoCloseable {
    /** Whether signals of all instances arrive now, as far as is known. */
    boolean hears();

    /** Calls the listener no more. Idempotent. */
    @Override
    void close();
  }

  /**
   * What is new.
   *
   * @param id of the job
   */
  record Signal(Kind kind, JobId id) {
    public Signal {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(id, "id");
    }
  }

  /** What can be new. */
  enum Kind {
    /** The job's log has grown, and what it has grown by is stored. */
    GROWN,
    /** Somebody wants the job to stop. */
    CANCEL
  }
}
