package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets another address counted than the one the request really comes from. */
class ClientAddressesTest {
  private static final ClientAddresses PROXIED = trusting("10.0.0.0/8", "2001:db8:aaaa::/48");

  private static ClientAddresses trusting(String... ranges) {
    return new ClientAddresses(Stream.of(ranges).map(AddressRange::parse).toList());
  }

  private static InetAddress address(String text) {
    return InetAddresses.forString(text);
  }

  private static String client(ClientAddresses addresses, String peer, String... headers) {
    return InetAddresses.toAddrString(addresses.of(address(peer), List.of(headers)));
  }

  @Test
  void without_proxies_of_ours_headers_count_for_nothing() {
    assertThat(client(trusting(), "203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
    assertThat(client(PROXIED, "203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.1                            | 198.51.100.1",
        "6.6.6.6, 198.51.100.1                   | 198.51.100.1",
        "6.6.6.6, 198.51.100.1, 10.1.1.1         | 198.51.100.1",
        "not an address, 198.51.100.1            | 198.51.100.1",
        "198.51.100.1:4711                       | 198.51.100.1",
        "[2001:db8::7]:4711                      | 2001:db8::7",
        "[2001:db8::7]                           | 2001:db8::7",
        "2001:db8::7                             | 2001:db8::7",
        "fe80::1%eth0                            | fe80::1",
        "[fe80::1%25eth0]:80                     | fe80::1",
        "::ffff:198.51.100.1                     | 198.51.100.1",
        "198.51.100.1, ::ffff:10.1.1.1           | 198.51.100.1",
        "198.51.100.1,2001:DB8:AAAA::1           | 198.51.100.1",
        "10.9.9.9, 10.1.1.1                      | 10.9.9.9"
      })
  void it_is_the_right_most_entry_that_is_no_proxy_of_ours(String header, String client) {
    assertThat(client(PROXIED, "10.0.0.1", header)).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "",
        "198.51.100.1,",
        "198.51.100",
        "198.51.100.1.2",
        "198.51.100.256",
        "198.51.100.01",
        "198.51.100.1:",
        "198.51.100.1:x",
        "198.51.100.1:123456",
        "[198.51.100.1]",
        "[2001:db8::7",
        "2001:db8::7]:1",
        "2001:db8:::7",
        "\"198.51.100.1\"",
        "for=198.51.100.1",
        "198.51.100.1 198.51.100.2",
        "0x7f.1",
        "localhost",
        "198.51.100.1, unknown, 10.1.1.1"
      })
  void an_entry_that_is_no_address_makes_the_header_count_for_nothing(String header) {
    assertThat(client(PROXIED, "10.0.0.1", header)).isEqualTo("10.0.0.1");
  }

  @Test
  void several_headers_are_one_list_in_their_order() {
    assertThat(client(PROXIED, "10.0.0.1", "6.6.6.6", "198.51.100.1, 10.2.2.2", "10.3.3.3"))
        .isEqualTo("198.51.100.1");
  }

  @Test
  void a_zone_of_the_other_end_is_left_out() throws UnknownHostException {
    InetAddress zoned = Inet6Address.getByAddress("", address("fe80::1").getAddress(), 3);
    assertThat(trusting("fe80::/10").of(zoned, List.of("198.51.100.1")))
        .isEqualTo(address("198.51.100.1"));
    assertThat(ClientAddresses.key(zoned)).isEqualTo("fe80::/64");
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1,198.51.100.1",
    "::ffff:198.51.100.1,198.51.100.1",
    "2001:db8:1:2:3:4:5:6,2001:db8:1:2::/64",
    "2001:db8:1:2:ffff::,2001:db8:1:2::/64",
    "2001:db8:1:3::,2001:db8:1:3::/64"
  })
  void limits_count_by_the_address_of_ipv4_and_by_the_site_of_ipv6(String address, String key) {
    assertThat(ClientAddresses.key(address(address))).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1/8|10.0.0.0/8",
        "10.0.0.0/33|from 1 to 32",
        "0.0.0.0/0|from 1 to 32",
        "::/0|from 1 to 128",
        "2001:db8::1/64|2001:db8::/64",
        "proxy.internal|no address",
        "10.0.0.0/8/8|no address",
        "10.0.0.0/-1|no address",
        "*|no address"
      })
  void a_range_that_is_none_is_refused_with_the_reason(String text, String reason) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  // ---- for any input

  private static final int ROUNDS = 20_000;

  private static InetAddress any(Random random) {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      bytes[0] = 10; // often near the ranges that are trusted
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatever_a_client_writes_to_the_left_changes_nothing() {
    Random random = new Random(4_711);
    for (int round = 0; round < ROUNDS; round++) {
      InetAddress client = any(random);
      List<String> right = new ArrayList<>();
      if (!AddressRange.parse("10.0.0.0/8").contains(client)) {
        right.add(InetAddresses.toAddrString(client));
      } else {
        right.add("198.51.100.1");
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        right.add("10.0.0." + random.nextInt(256));
      }
      String honest = String.join(", ", right);
      String forged =
          random
              .ints(random.nextInt(40), 32, 127)
              .mapToObj(Character::toString)
              .collect(Collectors.joining());
      assertThat(client(trusting("10.0.0.0/8"), "10.0.0.1", forged + "," + honest))
          .as("round %d", round)
          .isEqualTo(client(trusting("10.0.0.0/8"), "10.0.0.1", honest))
          .isEqualTo(right.getFirst());
    }
  }

  @Test
  void whatever_comes_an_answer_is_given_and_it_is_an_address_that_was_named() {
    Random random = new Random(4_712);
    String alphabet = "0123456789abcdefF.:[]%, /\"\t\u00E4";
    for (int round = 0; round < ROUNDS; round++) {
      InetAddress peer = any(random);
      List<String> headers = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        StringBuilder header = new StringBuilder();
        for (int length = random.nextInt(30); length > 0; length--) {
          header.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        headers.add(header.toString());
      }
      InetAddress client = PROXIED.of(peer, headers);
      boolean named =
          client.equals(peer)
              || String.join(",", headers).replaceAll("[^0-9a-fA-F]", "").length() > 0;
      assertThat(named).as("round %d: %s %s", round, peer, headers).isTrue();
      assertThat(ClientAddresses.key(client)).matches("[0-9.]+|[0-9a-f:]+/64");
    }
  }

  @Test
  void a_range_holds_exactly_the_addresses_that_begin_alike() {
    Random random = new Random(4_713);
    for (int round = 0; round < ROUNDS; round++) {
      InetAddress one = any(random);
      int all = one.getAddress().length * Byte.SIZE;
      int bits = 1 + random.nextInt(all);
      AddressRange range = new AddressRange(AddressRange.prefix(one, bits), bits);
      assertThat(AddressRange.parse(range.toString())).isEqualTo(range);
      int flipped = random.nextInt(all);
      byte[] bytes = one.getAddress();
      bytes[flipped / 8] ^= (byte) (0x80 >> flipped % 8);
      InetAddress other = ofBytes(bytes);
      assertThat(range.contains(one)).isTrue();
      if (other.getAddress().length == bytes.length) {
        assertThat(range.contains(other)).as("%s %s", range, other).isEqualTo(flipped >= bits);
      }
    }
  }

  private static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
