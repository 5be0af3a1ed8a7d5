package io.contentcrew.app;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, as in {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
 *
 * @param first the lowest of them
 * @param bits so many bits are the same
 */
record AddressRange(InetAddress first, int bits) {
  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f.:]+)(?:/(\\d{1,3}))?");

  AddressRange {
    int all = first.getAddress().length * Byte.SIZE;
    if (bits < 1 || bits > all) {
      throw new IllegalArgumentException(
          "the number after the slash must be from 1 to " + all + ", not " + bits);
    }
    if (!prefix(first, bits).equals(first)) {
      throw new IllegalArgumentException(
          "it has bits after the first "
              + bits
              + "; the range that it is in is "
              + InetAddresses.toAddrString(prefix(first, bits))
              + "/"
              + bits);
    }
  }

  /**
   * Reads a range, or a single address.
   *
   * @throws IllegalArgumentException if it is neither; the message says why
   */
  static AddressRange parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !InetAddresses.isInetAddress(matcher.group(1))) {
      throw new IllegalArgumentException("it is no address, and no range such as 10.0.0.0/8");
    }
    InetAddress first = InetAddresses.forString(matcher.group(1));
    return new AddressRange(
        first,
        Optional.ofNullable(matcher.group(2))
            .map(Integer::parseInt)
            .orElse(first.getAddress().length * Byte.SIZE));
  }

  /** Whether the address is one of them; one of the other family never is. */
  boolean contains(InetAddress address) {
    return address.getAddress().length == first.getAddress().length
        && prefix(address, bits).equals(first);
  }

  /** The address with all bits after the first {@code bits} cleared. */
  static InetAddress prefix(InetAddress address, int bits) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
      bytes[i] &= (byte) (0xFF << (Byte.SIZE - kept));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address had another length than addresses have", e);
    }
  }

  @Override
  public String toString() {
    return InetAddresses.toAddrString(first) + "/" + bits;
  }
}
