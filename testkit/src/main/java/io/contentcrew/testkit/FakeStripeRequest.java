package io.contentcrew.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that {@link FakeStripe} got.
 *
 * @param path for example {@code /v1/checkout/sessions}
 * @param headers by their names in lower case
 * @param fields of the query or of the form, decoded, for example {@code line_items[0][price]}
 */
public record FakeStripeRequest(
    String method, String path, Map<String, String> headers, Map<String, String> fields) {
  public FakeStripeRequest {
    headers = Map.copyOf(headers);
    fields = Map.copyOf(fields);
  }

  /** The header of that name, in whatever case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
