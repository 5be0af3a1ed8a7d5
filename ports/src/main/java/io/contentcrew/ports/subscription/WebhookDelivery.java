package io.contentcrew.ports.subscription;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a provider has sent, as it came.
 *
 * @param headers by name; names are found in whatever letters they are written
 * @param body the bytes of which the signature is; not copied, so nobody may change them
 */
@SuppressWarnings("ArrayRecordComponent") // they are passed on as they are, and never compared
public record WebhookDelivery(Map<String, List<String>> headers, byte[] body) {
  public WebhookDelivery {
    Map<String, List<String>> lower = new TreeMap<>();
    headers.forEach(
        (name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    headers = lower;
  }

  /** All values of a header, in the order in which they came; empty if there is none. */
  public List<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return "WebhookDelivery[" + body.length + " bytes]";
  }
}
