package io.contentcrew.ports.user;

import io.contentcrew.domain.user.EmailAddress;

/** Sends mail. Safe for use by many threads. */
public interface Mailer {
  /**
   * Hands a message over to whoever carries it. Blocks until it was accepted, which does not mean
   * that it arrives. Not idempotent.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if it could not be handed over now, and
   *     may be later
   * @throws io.contentcrew.ports.PortFailureException if it was refused for good, as for an address
   *     that does not exist
   */
  void send(Message message);

  /**
   * A message.
   *
   * @param subject a line of 1 to 200 characters without control characters
   * @param text its body, plain, with lines that end in {@code \n}
   */
  record Message(EmailAddress to, String subject, String text) {
    public Message {
      if (subject.isBlank()
          || subject.length() > 200
          || subject.codePoints().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "a subject has 1 to 200 characters and no control characters");
      }
    }

    /** Shows nothing of it: it may hold a link that lets its reader in. */
    @Override
    public String toString() {
      return "Message[hidden]";
    }
  }
}
