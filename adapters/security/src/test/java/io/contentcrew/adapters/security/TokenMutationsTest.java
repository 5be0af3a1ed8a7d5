package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.AccessTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that were signed with the right key, and are wrong in one thing. */
class TokenMutationsTest {
  private static final String KEY = "a key of ours, which is long enough";
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private final AccessTokens tokens =
      SecurityAdapter.open(SecurityConfig.of(Secret.of(KEY))).accessTokens();
  private final String good =
      tokens
          .issue(
              new Session(
                  new SessionId(UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd")),
                  new UserId(UUID.fromString("fedcba98-7654-7321-8fed-cba987654321")),
                  NOW,
                  NOW.plus(Duration.ofHours(1)),
                  ""))
          .reveal();
  private final String header = Jwt.headerOf(good);
  private final String payload = Jwt.payloadOf(good);

  private boolean accepted(String token) {
    return tokens.read(token, NOW).isPresent();
  }

  private boolean acceptedWith(String changedHeader, String changedPayload) {
    return accepted(Jwt.signed(Jwt.part(changedHeader), Jwt.part(changedPayload), KEY));
  }

  private static String replaced(String text, String from, String to) {
    assertThat(text).as("what is to be mutated").contains(from);
    return text.replace(from, to);
  }

  @Test
  void the_token_made_by_hand_is_accepted_so_that_the_mutations_mean_something() {
    assertThat(acceptedWith(header, payload)).isTrue();
    assertThat(Jwt.signed(Jwt.part(header), Jwt.part(payload), KEY)).isEqualTo(good);
  }

  @Test
  void white_space_and_order_within_the_json_do_not_matter() {
    String kid = header.replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1");

    assertThat(
            acceptedWith(
                "{ \"kid\" : \"" + kid + "\",\n\t\"typ\":\"access+jwt\" , \"alg\":\"HS256\" }\n",
                replaced(payload, ",", " ,\r\n ")))
        .isTrue();
  }

  @Test
  void further_claims_are_no_harm() {
    assertThat(
            acceptedWith(
                header, replaced(payload, "{", "{\"x\":{\"y\":[1,2.5,null,true]},\"z\":1e400,")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "None",
        "NONE",
        "nOnE",
        "",
        " HS256",
        "hs256",
        "HS384",
        "HS512",
        "RS256",
        "ES256",
        "PS256",
        "EdDSA",
        "dir",
        "A256KW",
        "HS256\\u0000"
      })
  void any_other_algorithm_is_refused_signed_or_not(String algorithm) {
    String other = replaced(header, "HS256", algorithm);

    assertThat(acceptedWith(other, payload)).isFalse();
    String unsigned = Jwt.part(other) + "." + Jwt.part(payload) + ".";
    assertThat(accepted(unsigned)).isFalse();
    String signed = Jwt.part(other) + "." + Jwt.part(payload);
    assertThat(accepted(signed + "." + Jwt.mac("HmacSHA512", signed, KEY))).isFalse();
    assertThat(accepted(signed)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"HS256\"",
        "",
        " ",
        "{\"alg\":\"HS256\"}",
        "{\"alg\":[\"HS256\"],\"kid\":\"KID\",\"typ\":\"access+jwt\"}",
        "{\"alg\":null,\"kid\":\"KID\",\"typ\":\"access+jwt\"}",
        "{\"alg\":256,\"kid\":\"KID\",\"typ\":\"access+jwt\"}",
        "{\"kid\":\"KID\",\"typ\":\"access+jwt\"}",
        "{\"ALG\":\"HS256\",\"kid\":\"KID\",\"typ\":\"access+jwt\"}",
        "{\"alg\":\"HS256\",\"kid\":\"KID\"}",
        "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"reset+jwt\"}",
        "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"ACCESS+JWT\"}",
        "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":null}",
        "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":[\"access+jwt\"]}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":null}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":0}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":[\"KID\"]}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":{\"KID\":1}}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID \"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\\u0000\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"../../../../dev/null\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"x' UNION SELECT 'key' -- \"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"http://example.com/keys\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"jku\":\"http://example.com\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"jwk\":{\"kty\":\"oct\"}}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"x5u\":\"http://example.com\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"x5c\":[\"MIIB\"]}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"crit\":[\"exp\"]}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"crit\":[]}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"b64\":false}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"b64\":true}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"zip\":\"DEF\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"cty\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"\":\"\"}",
        "{\"alg\":\"none\",\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"}",
        "{\"alg\":\"HS256\",\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"}",
        "{\"alg\":\"HS256\",\"\\u0061lg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",\"kid\":\"KID\"}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"}{}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"} x",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\",}",
        "{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"",
        "{'alg':'HS256','typ':'access+jwt','kid':'KID'}",
        "{alg:\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"}",
        "/* */{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"}",
        "\uFEFF{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"}",
        "[{\"alg\":\"HS256\",\"typ\":\"access+jwt\",\"kid\":\"KID\"}]"
      })
  void any_other_header_is_refused(String other) {
    String kid = header.replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1");

    assertThat(acceptedWith(other.replace("KID", kid), payload)).isFalse();
  }

  @Test
  void a_header_or_payload_that_is_not_utf_8_is_refused() {
    byte[] utf16 = header.getBytes(StandardCharsets.UTF_16LE);
    byte[] broken = payload.getBytes(StandardCharsets.UTF_8);
    broken[payload.indexOf("iss")] = (byte) 0xC0;

    assertThat(accepted(Jwt.signed(Jwt.part(utf16), Jwt.part(payload), KEY))).isFalse();
    assertThat(accepted(Jwt.signed(Jwt.part(header), Jwt.part(broken), KEY))).isFalse();
    assertThat(
            accepted(
                Jwt.signed(
                    Jwt.part(header), Jwt.part(payload.getBytes(StandardCharsets.UTF_16BE)), KEY)))
        .isFalse();
  }

  @Test
  void every_claim_is_needed() {
    for (String claim : new String[] {"iss", "aud", "sub", "sid", "iat", "nbf", "exp"}) {
      String without = replaced(payload, "\"" + claim + "\":", "\"other\":");

      assertThat(acceptedWith(header, without)).as("without %s", claim).isFalse();
    }
  }

  @Test
  void every_claim_has_its_type() {
    for (String wrong :
        new String[] {
          "null",
          "true",
          "{}",
          "[]",
          "[\"x\"]",
          "\"\"",
          "\"x\"",
          "-1",
          "0",
          "1.5",
          "1e3",
          "1800000000.0",
          "\"1800000000\"",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "1e400",
          "NaN",
          "99999999999999999999999999999999999999"
        }) {
      for (String claim : new String[] {"iss", "aud", "sub", "sid", "iat", "exp"}) {
        String changed =
            payload.replaceFirst(
                "\"" + claim + "\":(\"[^\"]*\"|\\d+)", "\"" + claim + "\":" + wrong);
        assertThat(changed).isNotEqualTo(payload);
        assertThat(acceptedWith(header, changed)).as("%s: %s", claim, wrong).isFalse();
      }
    }
  }

  @Test
  void a_time_before_which_it_is_not_valid_may_be_any_whole_number_in_the_past() {
    assertThat(acceptedWith(header, notBefore("0"))).isTrue();
    for (String wrong :
        new String[] {"1800000061", "9223372036854775807", "\"0\"", "0.0", "null", "1e400"}) {
      assertThat(acceptedWith(header, notBefore(wrong))).as(wrong).isFalse();
    }
  }

  private String notBefore(String value) {
    return payload.replaceFirst("\"nbf\":\\d+", "\"nbf\":" + value);
  }

  @Test
  void ids_have_one_spelling() {
    String sub = "fedcba98-7654-7321-8fed-cba987654321";
    for (String wrong :
        new String[] {
          "FEDCBA98-7654-7321-8FED-CBA987654321",
          "{fedcba98-7654-7321-8fed-cba987654321}",
          "fedcba98765473218fedcba987654321",
          "fedcba98-7654-7321-8fed-cba98765432",
          " fedcba98-7654-7321-8fed-cba987654321",
          "0fedcba98-7654-7321-8fed-ba987654321",
          "1-1-1-1-1",
          "admin"
        }) {
      assertThat(acceptedWith(header, replaced(payload, sub, wrong))).as(wrong).isFalse();
    }
  }

  @Test
  void a_member_that_occurs_twice_is_refused_also_deep_within() {
    assertThat(acceptedWith(header, replaced(payload, "{", "{\"iss\":\"contentcrew\","))).isFalse();
    assertThat(acceptedWith(header, replaced(payload, "{", "{\"x\":1,\"x\":1,"))).isFalse();
    assertThat(acceptedWith(header, replaced(payload, "{", "{\"x\":{\"y\":1,\"y\":2},"))).isFalse();
    assertThat(acceptedWith(header, replaced(payload, "{", "{\"x\":[{\"y\":1,\"y\":2}],")))
        .isFalse();
  }

  @Test
  void json_may_be_nested_sixteen_deep_and_no_more() {
    for (int arrays : new int[] {15, 16, 500}) {
      String nested = "[".repeat(arrays) + "]".repeat(arrays);

      assertThat(acceptedWith(header, replaced(payload, "{", "{\"x\":" + nested + ",")))
          .as("%s arrays in an object", arrays)
          .isEqualTo(arrays == 15);
    }
  }

  @Test
  void a_token_may_have_four_kibibytes_and_no_more() {
    int spare = 4096 - good.length();
    String fits = replaced(payload, "{", "{\"x\":\"" + "x".repeat(spare * 3 / 4 - 12) + "\",");
    String tooLong = replaced(payload, "{", "{\"x\":\"" + "x".repeat(spare * 3 / 4) + "\",");

    assertThat(Jwt.signed(Jwt.part(header), Jwt.part(fits), KEY).length()).isBetween(4080, 4096);
    assertThat(acceptedWith(header, fits)).isTrue();
    assertThat(acceptedWith(header, tooLong)).isFalse();
  }

  @Test
  void a_part_is_spelt_without_padding_blanks_and_spare_bits_even_if_so_signed() {
    String h = Jwt.part(header);
    for (int blanks = 0; blanks < 3; blanks++) {
      String p =
          Jwt.part(payload + " ".repeat(blanks)); // each length mod 3, so each kind of padding
      assertThat(accepted(Jwt.signed(h, p, KEY))).as("with %s blanks", blanks).isTrue();
      for (Map.Entry<String, String> other :
          Map.of(
                  h,
                  p + "=",
                  h + "=",
                  p,
                  h + " ",
                  p,
                  " " + h,
                  p,
                  h + "\n",
                  p,
                  h + "====",
                  p + "====",
                  h + "?",
                  p,
                  h + "\u00E9",
                  p)
              .entrySet()) {
        assertThat(accepted(Jwt.signed(other.getKey(), other.getValue(), KEY)))
            .as("'%s'", other)
            .isFalse();
      }
      char last = p.charAt(p.length() - 1);
      if (p.length() % 4 != 0) {
        String spare = p.substring(0, p.length() - 1) + (char) (last + 1);
        assertThat(accepted(Jwt.signed(h, spare, KEY))).as("spare bits").isFalse();
      }
    }
    assertThat(accepted(Jwt.signed(h.replace('_', '/').replace('-', '+') + "+", "x", KEY)))
        .isFalse();
  }

  @Test
  void the_standard_alphabet_of_base_64_is_refused() {
    String odd = replaced(payload, "{", "{\"x\":\"\u00FB\u00FF\u00BF ~~~ ???\",");
    String part = Jwt.part(odd);
    assertThat(part).containsAnyOf("-", "_");

    assertThat(accepted(Jwt.signed(Jwt.part(header), part, KEY))).isTrue();
    assertThat(
            accepted(Jwt.signed(Jwt.part(header), part.replace('-', '+').replace('_', '/'), KEY)))
        .isFalse();
  }

  @Test
  void more_or_fewer_parts_are_refused() {
    for (String wrong :
        new String[] {
          good + ".",
          "." + good,
          good + "." + Jwt.part("{}"),
          good.replaceFirst("\\.", ".."),
          good.substring(0, good.lastIndexOf('.')),
          good.substring(0, good.lastIndexOf('.') + 1),
          good.substring(good.indexOf('.')),
          good.substring(good.indexOf('.') + 1),
          good.replace('.', ','),
          good.replace(".", "%2E"),
          "{\"payload\":\"" + Jwt.part(payload) + "\"}"
        }) {
      assertThat(accepted(wrong)).as(wrong).isFalse();
    }
  }

  @Test
  void a_signature_of_another_length_is_refused() {
    String signed = good.substring(0, good.lastIndexOf('.'));
    for (int bytes : new int[] {0, 1, 16, 31, 33, 64}) {
      assertThat(accepted(signed + "." + Jwt.part(new byte[bytes]))).as("%s", bytes).isFalse();
    }
    assertThat(accepted(signed + "." + Jwt.mac("HmacSHA384", signed, KEY))).isFalse();
  }

  @Test
  void keys_that_attackers_like_to_try_do_not_verify() {
    for (String key :
        new String[] {" ", "\0", "secret", "HS256", KEY + "\0x", header, KEY.strip() + " "}) {
      assertThat(accepted(Jwt.signed(Jwt.part(header), Jwt.part(payload), key))).isFalse();
    }
  }
}
