package io.contentcrew.app;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Tells browsers to save an answer, and under which name (RFC 6266). */
final class Attachment {
  private Attachment() {}

  /** The value of {@code Content-Disposition} for a file of that name. */
  static String named(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^A-Za-z0-9.]+", "-")
            .replaceAll("^-+", "")
            .replaceAll("^\\.", "piece."); // of a name in another script nothing is left
    // what URLs encode by other rules than headers (RFC 8187)
    String encoded =
        URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }
}
