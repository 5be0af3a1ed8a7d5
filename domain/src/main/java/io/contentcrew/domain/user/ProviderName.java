package io.contentcrew.domain.user;

import java.util.regex.Pattern;

/** Names an identity provider, such as {@code google}: 1 to 40 of a-z, 0-9 and the hyphen. */
public record ProviderName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9-]{1,40}");

  public ProviderName {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a provider's name has 1 to 40 lower-case letters, digits and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
