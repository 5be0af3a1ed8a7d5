package io.contentcrew.ports;

import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobSignals;

/** A place that keeps everything. Safe for use by many threads. */
public interface Storage extends AutoCloseable {
  /** The way to the stores. */
  Transactions transactions();

  /** What calls for work when a queued job is due. */
  JobDispatcher dispatcher();

  /** How instances that share this storage tell each other what is new. */
  JobSignals signals();

  /**
   * Asks the store for a sign of life; takes a second at most.
   *
   * @throws PortUnavailableException if there is none
   */
  void ping();

  /** Stops the dispatcher and lets go of all connections. Idempotent. */
  @Override
  void close();
}
