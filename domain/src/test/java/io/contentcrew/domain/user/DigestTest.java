package io.contentcrew.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  /** FIPS 180-2, appendix B.1. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void a_digest_is_the_sha_256_of_a_text_in_utf_8() {
    assertThat(Digest.of("abc")).isEqualTo(new Digest(OF_ABC));
    assertThat(Digest.of("\u0141").hex())
        .isEqualTo(Digest.of("\u0141".getBytes(StandardCharsets.UTF_8)).hex());
    assertThat(Digest.of("")).isNotEqualTo(Digest.of(" "));
  }

  @Test
  void a_digest_is_made_of_its_bytes_again() {
    Digest digest = Digest.of("abc");
    assertThat(digest.bytes()).hasSize(32);
    assertThat(digest.bytes()[0]).isEqualTo((byte) 0xba);
    assertThat(Digest.ofBytes(digest.bytes())).isEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      })
  void what_is_no_digest_is_refused(String text) {
    assertThatThrownBy(() -> new Digest(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 hexadecimal digits");
  }

  @Test
  void other_than_32_bytes_are_no_digest() {
    assertThatThrownBy(() -> Digest.ofBytes(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_sessions_digest_is_that_of_its_16_bytes_and_its_handle_the_first_half_of_it() {
    SessionId id = new SessionId(UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f"));
    byte[] bytes = new byte[16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    assertThat(id.digest()).isEqualTo(Digest.of(bytes));
    assertThat(id.digest().hex())
        .isEqualTo("be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991");
    assertThat(id.handle().toString()).isEqualTo("be45cb26-05bf-36be-bde6-84841a28f0fd");
    assertThat(SessionHandle.of(id.digest())).isEqualTo(id.handle());
    assertThat(id.handle().value()).isNotEqualTo(id.value());
  }
}
