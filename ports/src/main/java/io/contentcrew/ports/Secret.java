package io.contentcrew.ports;

/**
 * A text that must not be seen: it shows itself nowhere, and whoever needs it asks with {@link
 * #reveal()}.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Hides {@code value}. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The text itself; do not log it, do not put it into a message. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && value.equals(secret.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
