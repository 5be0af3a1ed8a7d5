package io.contentcrew.domain.user;

import java.util.Objects;

/**
 * Who somebody is at a provider. Nothing else identifies them there: addresses change hands.
 *
 * @param subject the provider's own name for them, 1 to 255 characters (OpenID Connect Core 1.0,
 *     section 2)
 */
public record Identity(ProviderName provider, String subject) {
  public Identity {
    Objects.requireNonNull(provider, "provider");
    if (subject.isEmpty() || subject.length() > 255) {
      throw new IllegalArgumentException("a subject has 1 to 255 characters");
    }
  }

  /** Shows the provider only. */
  @Override
  public String toString() {
    return "Identity[" + provider + "]";
  }
}
