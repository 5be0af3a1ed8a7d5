package io.contentcrew.adapters.oauth;

import java.net.URI;
import java.util.Set;

/** Which addresses a provider may have: secrets travel there, so nobody may listen on the way. */
final class Urls {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private Urls() {}

  /** Whether secrets may be sent there. */
  static boolean isSafe(URI url) {
    String host = url.getHost();
    if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      return false;
    }
    return "https".equalsIgnoreCase(url.getScheme())
        || ("http".equalsIgnoreCase(url.getScheme()) && isThisMachine(url));
  }

  /** Whether it is on this machine, as in tests and while the program is being written. */
  static boolean isThisMachine(URI url) {
    return THIS_MACHINE.contains(url.getHost());
  }

  /** The address as it is, if it can be one to begin others with. */
  static URI check(String what, URI url) {
    if (!isSafe(url) || url.getRawQuery() != null) {
      // The text is not repeated: it may hold a password.
      throw new IllegalArgumentException(
          "the "
              + what
              + " is an address such as https://example.com (http only on this machine), with no"
              + " user, query or fragment");
    }
    return url;
  }

  /** The address without a slash at its end. */
  static URI base(String what, URI url) {
    return URI.create(withoutSlash(check(what, url)));
  }

  /** Its text without a slash at its end. */
  static String withoutSlash(URI url) {
    String text = url.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
  }
}
