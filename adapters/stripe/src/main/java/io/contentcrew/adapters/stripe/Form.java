package io.contentcrew.adapters.stripe;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Fields in the form in which Stripe takes them, those within others with brackets. Immutable. */
record Form(List<String> pairs) {
  Form {
    pairs = List.copyOf(pairs);
  }

  /** Without a field. */
  static Form empty() {
    return new Form(List.of());
  }

  /** A copy with one more. */
  Form with(String name, String value) {
    List<String> longer = new ArrayList<>(pairs);
    longer.add(encoded(name) + "=" + encoded(value));
    return new Form(longer);
  }

  /** A copy with one more. */
  Form with(String name, URI value) {
    return with(name, value.toString());
  }

  /** As a body, or after a question mark. */
  String text() {
    return String.join("&", pairs);
  }

  /** A name as a part of a path, so that none can lead elsewhere but {@code .} and {@code ..}. */
  static String segment(String name) {
    return encoded(name).replace("+", "%20");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Form[" + pairs.size() + " fields]"; // among them an e-mail address
  }
}
