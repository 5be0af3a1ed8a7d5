package io.contentcrew.app;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.Optional;

/**
 * A file of the web page as it is sent, with what is said along with it.
 *
 * @param bytes as it is; and with each coding that is there
 * @param tag what its content is known by, without quotes
 */
@SuppressWarnings("ArrayRecordComponent") // sent as they are, and never compared
record SiteFile(
    String type,
    byte[] bytes,
    Optional<byte[]> gzip,
    Optional<byte[]> brotli,
    String tag,
    Header caching,
    Optional<Header> policy) {
  /** For files whose names change with their content. */
  static final Header FOR_EVER =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");

  /** To be asked for each time, which costs an empty answer if nothing has changed. */
  static final Header ASK_AGAIN = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");

  /** In which coding a file goes out. */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Coded(Optional<String> coding, byte[] bytes, String entityTag) {}

  /** Whether there is more than one coding to choose from. */
  boolean hasChoice() {
    return gzip.isPresent() || brotli.isPresent();
  }

  /** The smallest form of it that the reader takes. */
  Coded inCodingOf(AcceptedCodings accepted) {
    if (brotli.isPresent() && accepted.has("br")) {
      return new Coded(Optional.of("br"), brotli.get(), quoted("-br"));
    }
    if (gzip.isPresent() && accepted.has("gzip")) {
      return new Coded(Optional.of("gzip"), gzip.get(), quoted("-gz"));
    }
    return new Coded(Optional.empty(), bytes, quoted(""));
  }

  private String quoted(String suffix) {
    return '"' + tag + suffix + '"';
  }
}
