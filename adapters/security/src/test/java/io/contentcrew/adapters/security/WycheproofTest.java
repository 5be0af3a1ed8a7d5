package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WycheproofTest {
  /**
   * These two hold a {@code ?} within header or payload. The file calls them valid because some
   * libraries drop such characters; for us every token has one spelling.
   */
  private static final Set<Integer> TOO_LENIENT = Set.of(372, 373);

  /**
   * These two are called invalid for padding, which the file's author lost: letter for letter they
   * are the valid vector 357.
   */
  private static final Set<Integer> SAME_AS_357 = Set.of(367, 370);

  /**
   * These are good HS256 tokens, refused because the key is declared to be for something else or
   * has neighbours that are. Ours are declared nowhere, and are for this alone.
   */
  private static final Set<String> WRONG_KIND_OF_KEY =
      Set.of("jws_mixedSymmetryKeyset", "invalid_aes_gcm_key", "invalid_aes_kw_key");

  private record Vector(
      String file, int id, String comment, String jws, boolean valid, KeyRing keys) {
    @Override
    public String toString() {
      return file + " " + id + " " + comment;
    }
  }

  static Stream<Vector> signatures() {
    return Stream.of("json_web_signature_test.json", "json_web_crypto_test.json")
        .flatMap(WycheproofTest::read);
  }

  private static Stream<Vector> read(String file) {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode group : Vectors.read("wycheproof/" + file).get("testGroups")) {
      List<JsonNode> keys = symmetric(group.path("private"));
      for (JsonNode test : group.get("tests")) {
        if (!keys.isEmpty() && test.hasNonNull("jws")) {
          int id = test.get("tcId").asInt();
          boolean valid = test.get("result").asText().equals("valid");
          vectors.add(
              new Vector(
                  file,
                  id,
                  test.get("comment").asText(),
                  test.get("jws").asText(),
                  file.startsWith("json_web_signature")
                      ? (valid && !TOO_LENIENT.contains(id)) || SAME_AS_357.contains(id)
                      : valid,
                  ring(keys)));
        }
      }
    }
    return vectors.stream();
  }

  /** The HS256 keys of a key or a set of keys; none where another kind is among them. */
  private static List<JsonNode> symmetric(JsonNode key) {
    List<JsonNode> keys = new ArrayList<>();
    (key.has("keys") ? key.get("keys") : List.of(key)).forEach(keys::add);
    boolean all = keys.stream().allMatch(one -> one.path("alg").asText().equals("HS256"));
    return all ? keys : List.of();
  }

  private static KeyRing ring(List<JsonNode> keys) {
    List<SigningKey> ring =
        keys.stream()
            .map(
                key ->
                    new SigningKey(
                        key.get("kid").asText(),
                        Base64.getUrlDecoder().decode(key.get("k").asText())))
            .toList();
    return new KeyRing(ring.getFirst(), ring.subList(1, ring.size()));
  }

  @Test
  void all_vectors_for_our_algorithm_are_there() {
    assertThat(read("json_web_signature_test.json")).hasSize(40);
    assertThat(read("json_web_crypto_test.json")).hasSize(19);
  }

  @Test
  void the_vectors_that_we_judge_otherwise_are_what_we_say() {
    List<Vector> vectors = read("json_web_signature_test.json").toList();
    for (int id : TOO_LENIENT) {
      assertThat(vectors.stream().filter(v -> v.id == id).findFirst().orElseThrow().jws)
          .contains("?");
    }
    Set<String> spellings = new HashSet<>();
    vectors.stream()
        .filter(v -> v.id == 357 || SAME_AS_357.contains(v.id))
        .forEach(v -> spellings.add(v.jws));
    assertThat(spellings).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void good_tokens_verify_and_bad_ones_do_not(Vector vector) {
    assertThat(new CompactTokens(vector.keys, null).verify(vector.jws).isPresent())
        .isEqualTo(vector.valid);
  }

  @Test
  void no_vector_for_another_algorithm_verifies_with_a_symmetric_key_of_its_name() {
    int tried = 0;
    for (JsonNode group :
        Vectors.read("wycheproof/json_web_signature_test.json").get("testGroups")) {
      JsonNode key = group.path("public");
      if (!key.isMissingNode()) {
        KeyRing ring =
            new KeyRing(
                new SigningKey(
                    key.path("kid").asText("none"),
                    key.toString().getBytes(StandardCharsets.UTF_8)),
                List.of());
        for (JsonNode test : group.get("tests")) {
          assertThat(new CompactTokens(ring, null).verify(test.get("jws").asText())).isEmpty();
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(300);
  }

  /** Encrypted tokens, and those signed with keys of other algorithms that are symmetric, too. */
  @Test
  void no_vector_for_another_symmetric_key_or_for_encryption_verifies() {
    int tried = 0;
    for (String file : List.of("json_web_crypto_test.json", "json_web_key_test.json")) {
      for (JsonNode group : Vectors.read("wycheproof/" + file).get("testGroups")) {
        if (symmetric(group.path("private")).isEmpty()) {
          KeyRing ring = anyRing(group.path("private"));
          for (JsonNode test : group.get("tests")) {
            String token = test.path("jws").asText() + test.path("jwe").asText();
            assertThat(new CompactTokens(ring, null).verify(token).isPresent())
                .as("%s %s", file, test.get("tcId"))
                .isEqualTo(WRONG_KIND_OF_KEY.contains(group.get("comment").asText()));
            tried++;
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(40);
  }

  /** The symmetric keys of a set, whatever they are for; others by their text. */
  private static KeyRing anyRing(JsonNode key) {
    List<SigningKey> ring = new ArrayList<>();
    for (JsonNode one : key.has("keys") ? key.get("keys") : List.of(key)) {
      byte[] bytes =
          one.path("k").asText().isEmpty()
              ? one.toString().getBytes(StandardCharsets.UTF_8)
              : Base64.getUrlDecoder().decode(one.get("k").asText());
      ring.add(new SigningKey(one.path("kid").asText("none"), bytes));
    }
    return new KeyRing(ring.getFirst(), ring.subList(1, ring.size()));
  }

  static Stream<JsonNode> macs() {
    List<JsonNode> macs = new ArrayList<>();
    Vectors.read("wycheproof/hmac_sha256_test.json")
        .get("testGroups")
        .forEach(group -> group.get("tests").forEach(macs::add));
    return macs.stream();
  }

  @Test
  void the_macs_are_those_of_the_vectors() {
    assertThat(macs()).hasSize(174);
    macs()
        .forEach(
            vector -> {
              SigningKey key = new SigningKey("k", hex(vector, "key"));
              byte[] expected = hex(vector, "tag");
              byte[] mac = Arrays.copyOf(key.sign(hex(vector, "msg")), expected.length);
              assertThat(Arrays.equals(mac, expected))
                  .as("vector %s", vector.get("tcId"))
                  .isEqualTo(vector.get("result").asText().equals("valid"));
            });
  }

  /** The keys that a set may not hold because they are too short are refused as secrets, too. */
  @Test
  void the_sizes_of_keys_are_judged_as_in_the_vectors() {
    int judged = 0;
    for (JsonNode group : Vectors.read("wycheproof/json_web_key_test.json").get("testGroups")) {
      List<JsonNode> keys = symmetric(group.path("private"));
      if (keys.size() == 1 && group.get("comment").asText().equals("HS256")) {
        int length = Base64.getUrlDecoder().decode(keys.getFirst().get("k").asText()).length;
        boolean valid = group.get("tests").get(0).get("result").asText().equals("valid");
        assertThat(length >= SecurityConfig.MIN_KEY_BYTES).as("%s bytes", length).isEqualTo(valid);
        judged++;
      }
    }
    assertThat(judged).isEqualTo(3);
  }

  private static byte[] hex(JsonNode vector, String field) {
    return HexFormat.of().parseHex(vector.get(field).asText());
  }
}
