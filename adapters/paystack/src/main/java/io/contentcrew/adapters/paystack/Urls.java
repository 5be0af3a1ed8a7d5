package io.contentcrew.adapters.paystack;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** Which addresses are used: keys and payers travel there, so nobody may listen on the way. */
final class Urls {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private Urls() {}

  /** Whether it is on this machine, as in tests. */
  static boolean isThisMachine(URI url) {
    return url.getHost() != null && THIS_MACHINE.contains(url.getHost());
  }

  /** The address without a slash at its end. */
  static URI base(URI url) {
    boolean isSafe =
        url.getHost() != null
            && url.getRawUserInfo() == null
            && url.getRawFragment() == null
            && url.getRawQuery() == null
            && isEncrypted(url, isThisMachine(url))
            && HttpUrl.parse(url.toString()) != null; // as with a port of 99999
    if (!isSafe) {
      // The text is not repeated: it may hold a password.
      throw new IllegalArgumentException(
          "the address of Paystack is one such as https://api.paystack.co (http only on this"
              + " machine), with no user, query or fragment");
    }
    String text = url.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return URI.create(text);
  }

  /** The page of that address, if people can be sent there. */
  static Optional<URI> page(String text, boolean plainIsGood) {
    try {
      URI url = new URI(text);
      return Optional.of(url)
          .filter(one -> one.getHost() != null && one.getRawUserInfo() == null)
          .filter(one -> isEncrypted(one, plainIsGood));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isEncrypted(URI url, boolean plainIsGood) {
    return "https".equalsIgnoreCase(url.getScheme())
        || (plainIsGood && "http".equalsIgnoreCase(url.getScheme()));
  }
}
