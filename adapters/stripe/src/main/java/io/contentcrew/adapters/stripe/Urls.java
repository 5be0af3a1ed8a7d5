package io.contentcrew.adapters.stripe;

import java.net.URI;
import java.util.Set;
import okhttp3.HttpUrl;

/** Which address the API may have: the key travels there, so nobody may listen on the way. */
final class Urls {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private Urls() {}

  /** The address without a slash at its end, if it can be one to begin others with. */
  static URI base(URI url) {
    boolean canBeAsked = HttpUrl.parse(url.toString()) != null; // not with a port of 99999
    if (!isSafe(url) || url.getRawQuery() != null || !canBeAsked) {
      // The text is not repeated: it may hold a password.
      throw new IllegalArgumentException(
          "the address of Stripe's API is one such as https://api.stripe.com (http only on this"
              + " machine), with no user, query or fragment");
    }
    String text = url.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return URI.create(text);
  }

  /** Whether a user can be sent there. */
  static boolean isPage(URI url) {
    return url.getHost() != null && isSafe(withoutFragment(url));
  }

  /** Pages of Stripe's Checkout have one. */
  private static URI withoutFragment(URI url) {
    return URI.create(url.toString().split("#", 2)[0]);
  }

  /** Whether nobody can listen on the way there. */
  private static boolean isSafe(URI url) {
    String host = url.getHost();
    if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      return false;
    }
    return "https".equalsIgnoreCase(url.getScheme())
        || ("http".equalsIgnoreCase(url.getScheme()) && THIS_MACHINE.contains(host));
  }
}
