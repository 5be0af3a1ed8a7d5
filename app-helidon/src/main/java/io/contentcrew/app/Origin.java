package io.contentcrew.app;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a web page comes from, in the one form that browsers send in {@code Origin}: scheme, host,
 * and the port if it is not the scheme's own.
 */
record Origin(String text) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Reads scheme, host and port; empty if there is anything else, or less. */
  static Optional<Origin> parse(String text) {
    try {
      URI uri = URI.create(text.toLowerCase(Locale.ROOT));
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare =
          uri.getUserInfo() == null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (!http || uri.getHost() == null || !bare || uri.getPort() > 65_535) {
        return Optional.empty();
      }
      int usual = uri.getScheme().equals("https") ? 443 : 80;
      String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
      return Optional.of(new Origin(uri.getScheme() + "://" + uri.getHost() + port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Where the pages at that address come from. */
  static Optional<Origin> of(URI address) {
    return parse(address.getScheme() + "://" + address.getRawAuthority());
  }

  /** Whether what it sends cannot be read or altered on the way. */
  boolean isSafe() {
    return text.startsWith("https:") || THIS_MACHINE.contains(URI.create(text).getHost());
  }

  @Override
  public String toString() {
    return text;
  }
}
