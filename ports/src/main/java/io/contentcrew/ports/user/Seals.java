package io.contentcrew.ports.user;

/**
 * Marks texts so that it can be told later, at every instance, that they were marked here: a MAC
 * under a key of the service's own. Safe for use by many threads; never blocks.
 */
public interface Seals {
  /**
   * The seal of a text: 43 characters of base64url. The same text has the same seal for as long as
   * the key is not changed, and another one for each purpose.
   *
   * @param purpose keeps a seal that was made for one thing from serving for another
   */
  String seal(String purpose, String text);

  /**
   * Whether {@code seal} was made here for that purpose and text, also with a key before the
   * present one while that is still known. Takes as long for a wrong seal as for a right one.
   */
  boolean isGenuine(String purpose, String text, String seal);
}
