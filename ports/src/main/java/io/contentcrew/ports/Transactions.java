package io.contentcrew.ports;

/**
 * The only way to the stores. Safe for use by many threads.
 *
 * <p>Work runs on the calling thread and sees its own writes; others see them all at once when it
 * has committed, or never. Work may run again when the store found it to clash with another's
 * (serialization, deadlock), so it must have no effect outside the stores. It must not begin a
 * transaction within itself.
 */
public interface Transactions {
  /** What is done in a transaction. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it, with the stores of this transaction, which are of no use after it. */
    T with(Stores stores);
  }

  /**
   * Runs {@code work} and commits. Blocks until the commit is durable: it survives the loss of the
   * process and of the store's.
   *
   * @return what the work returned
   * @throws PortUnavailableException if the store cannot be reached, or has no connection free in
   *     time; nothing was committed, as far as can be known: a commit whose answer was lost may
   *     have happened
   * @throws PortFailureException if the store refused
   * @throws RuntimeException whatever {@code work} throws, after everything it wrote was rolled
   *     back
   */
  <T> T inTransaction(Work<T> work);

  /**
   * Like {@link #inTransaction}, but does not wait until the commit is durable: a crash of the
   * store may undo it, as a whole, together with everything that was committed in this way after
   * it. For text that the model could write again.
   */
  <T> T inRelaxedTransaction(Work<T> work);

  /**
   * Runs {@code work} that only reads. Cheaper than a transaction; each read sees what was
   * committed when it began, so two of them need not fit together. A write within it is a bug, and
   * fails or is committed at once.
   */
  <T> T read(Work<T> work);
}
