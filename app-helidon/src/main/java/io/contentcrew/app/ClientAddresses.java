package io.contentcrew.app;

import com.google.common.net.InetAddresses;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From which address a request comes: the other end of its connection, unless that is a proxy of
 * ours. Then it is what the outermost proxy of ours saw: the right-most entry of {@code
 * X-Forwarded-For} that is no proxy of ours, since everything to the left of it may be made up by
 * the client. Entries that are no addresses make the whole header count for nothing. {@code
 * Forwarded} and {@code X-Real-IP} never count: proxies pass on what clients write there.
 * Immutable.
 */
final class ClientAddresses {
  /** An address with or without port, with brackets and zone where IPv6 allows them. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?<four>[0-9.]+)(?::\\d{1,5})?"
              + "|\\[(?<bracketed>[0-9A-Fa-f:.]+)(?:%[^\\]\\s]+)?\\](?::\\d{1,5})?"
              + "|(?<six>[0-9A-Fa-f:.]+)(?:%\\S+)?");

  /** What one household or machine has at least of IPv6. */
  private static final int SITE_BITS = 64;

  private final List<AddressRange> trusted;

  /** Believes what those say of whom they pass on. */
  ClientAddresses(List<AddressRange> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** Where the request comes from. */
  InetAddress of(ServerRequest request) {
    if (!(request.remotePeer().address() instanceof InetSocketAddress peer)) {
      throw new IllegalStateException("the service listens on the Internet protocols only");
    }
    List<String> headers = request.headers().values(HeaderNames.X_FORWARDED_FOR);
    return of(peer.getAddress(), headers);
  }

  /** Where it comes from, by the other end of the connection and the headers in their order. */
  InetAddress of(InetAddress socketPeer, List<String> forwardedFor) {
    InetAddress peer = plain(socketPeer);
    if (forwardedFor.isEmpty() || !isTrusted(peer)) {
      return peer;
    }
    List<String> entries = new ArrayList<>();
    forwardedFor.forEach(header -> entries.addAll(List.of(header.split(",", -1))));
    InetAddress client = peer;
    for (String entry : entries.reversed()) {
      Optional<InetAddress> address = parse(entry.strip());
      if (address.isEmpty()) {
        return peer;
      }
      client = address.get();
      if (!isTrusted(client)) {
        break;
      }
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  private static Optional<InetAddress> parse(String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String text =
        Optional.ofNullable(matcher.group("four"))
            .or(() -> Optional.ofNullable(matcher.group("bracketed")))
            .orElseGet(() -> matcher.group("six"));
    boolean four = matcher.group("four") != null;
    return InetAddresses.isInetAddress(text) && four == (text.indexOf(':') < 0)
        ? Optional.of(InetAddresses.forString(text))
        : Optional.empty();
  }

  /** Without a zone, which says something on the machine of its link only. */
  private static InetAddress plain(InetAddress address) {
    return AddressRange.prefix(address, address.getAddress().length * Byte.SIZE);
  }

  /**
   * What limits count by: an address of IPv4, and of IPv6 its first 64 bits, since whoever has one
   * address there has all that share them.
   */
  static String key(InetAddress address) {
    return address instanceof Inet4Address
        ? InetAddresses.toAddrString(address)
        : InetAddresses.toAddrString(AddressRange.prefix(plain(address), SITE_BITS))
            + "/"
            + SITE_BITS;
  }
}
