package io.contentcrew.app;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The codings that a reader takes, as {@code Accept-Encoding} names them. */
record AcceptedCodings(Set<String> names) {
  private static final Pattern REFUSED = Pattern.compile("q\\s*=\\s*0(\\.0*)?");

  static AcceptedCodings of(Headers headers) {
    Set<String> names = new HashSet<>();
    for (String line : headers.all(HeaderNames.ACCEPT_ENCODING, List::of)) {
      for (String entry : line.split(",", -1)) {
        String[] parts = entry.strip().split("\\s*;\\s*", 2);
        if (parts.length == 1 || !REFUSED.matcher(parts[1]).matches()) {
          names.add(parts[0].toLowerCase(Locale.ROOT));
        }
      }
    }
    return new AcceptedCodings(names);
  }

  /** Whether that one is named: of one that is not, a star says little. */
  boolean has(String coding) {
    return names.contains(coding);
  }
}
