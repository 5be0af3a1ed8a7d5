package io.contentcrew.app;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of the site may do in a browser: run the scripts of this site and those that stand in
 * it, named by their hashes, and talk to this service.
 *
 * <p>Styles may stand in elements and attributes: what floats is placed by them. They cannot send
 * anything away, as nothing may be fetched from elsewhere.
 */
final class PagePolicy {
  private static final Pattern SCRIPT =
      Pattern.compile(
          "<script((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>(.*?)</script",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?:^|\\s)src\\s*=", Pattern.CASE_INSENSITIVE);

  private PagePolicy() {}

  static Header of(byte[] page) {
    StringBuilder scripts = new StringBuilder("script-src 'self'");
    hashes(new String(page, StandardCharsets.UTF_8))
        .forEach(hash -> scripts.append(" 'sha256-").append(hash).append('\''));
    return HeaderValues.createCached(
        HeaderNames.create("Content-Security-Policy"),
        "default-src 'none'; "
            + scripts
            + "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self';"
            + " connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'");
  }

  private static Set<String> hashes(String page) {
    Set<String> hashes = new LinkedHashSet<>();
    Matcher scripts = SCRIPT.matcher(page.replace("\r\n", "\n").replace('\r', '\n'));
    while (scripts.find()) { // as a browser reads it, which knows one end of line only
      if (!ELSEWHERE.matcher(scripts.group(1)).find()) {
        byte[] text = scripts.group(2).getBytes(StandardCharsets.UTF_8);
        hashes.add(Base64.getEncoder().encodeToString(sha256(text)));
      }
    }
    return hashes;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
