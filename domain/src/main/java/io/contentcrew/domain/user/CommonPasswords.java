package io.contentcrew.domain.user;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/** The passwords that are tried first, because so many people have chosen them. */
final class CommonPasswords {
  private CommonPasswords() {}

  /** One per line, between line feeds; read when the first password is judged, and kept as text. */
  private static final class Lines {
    static final String ALL = read();

    private static String read() {
      try (InputStream in = CommonPasswords.class.getResourceAsStream("common-passwords.txt")) {
        if (in == null) {
          throw new IllegalStateException("the resource common-passwords.txt is missing");
        }
        String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        return text.substring(text.indexOf('\n')); // the first line names source and licence
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether that text, folded already, is on the list. */
  static boolean contains(String folded) {
    return folded.indexOf('\n') < 0 && Lines.ALL.contains("\n" + folded + "\n");
  }

  /**
   * The form in which texts are compared: compatibility characters as their plain ones, and letters
   * without case.
   */
  static String folded(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    String caseless = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(caseless, Normalizer.Form.NFKC);
  }
}
