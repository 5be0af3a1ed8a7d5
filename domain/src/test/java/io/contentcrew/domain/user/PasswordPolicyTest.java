package io.contentcrew.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
  private static final EmailAddress EMAIL = new EmailAddress("someone@example.com");

  private static Optional<String> objection(String password) {
    return PasswordPolicy.standard().objection(password, EMAIL, "Some One Long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twelve chars",
        "correct horse battery staple",
        "aaaaaaaaaabc",
        "            .,",
        "\u6B63\u786E\u7684\u9A6C\u7535\u6C60\u8BA2\u4E66\u9488\u7532\u4E59\u4E19",
        "\uD83D\uDD10\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02\uD83D\uDE03\uD83D\uDE04\uD83D\uDE05\uD83D\uDE06\uD83D\uDE07\uD83D\uDE08\uD83D\uDE09\uD83D\uDE0A",
        "730162948512",
        "no digits no capitals"
      })
  void any_characters_in_any_mixture_may_be_used(String password) {
    assertThat(objection(password)).isEmpty();
  }

  @Test
  void the_length_counts_in_characters_not_in_their_parts() {
    assertThat(objection("elevenchars")).contains("The password needs at least 12 characters.");
    assertThat(
            objection(
                "\uD83D\uDD10\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02\uD83D\uDE03\uD83D\uDE04\uD83D\uDE05\uD83D\uDE06\uD83D\uDE07\uD83D\uDE08\uD83D\uDE09"))
        .isPresent();
    assertThat(objection("")).isPresent();
  }

  @Test
  void nothing_is_trimmed_away_before_it_is_counted() {
    assertThat(objection("   abcdef   ")).isEmpty();
  }

  @Test
  void it_may_have_a_kibibyte_and_no_more() {
    assertThat(objection("ab".repeat(511) + "cd")).isEmpty();
    assertThat(objection("ab".repeat(512) + "c"))
        .contains("The password is longer than 1024 bytes.");
    assertThat(objection("\u6B63a\u786E".repeat(147))).isPresent();
  }

  @Test
  void half_a_character_is_no_password() {
    for (String broken :
        new String[] {"twelve chars\uD83D", "\uDD10twelve chars", "a\uDD10\uD83Dtwelve chars"}) {
      assertThat(objection(broken).orElseThrow()).contains("half a character");
    }
  }

  @Test
  void it_is_not_ones_own_name_or_address() {
    assertThat(objection("someone@example.com")).isPresent();
    assertThat(objection("Someone@Example.COM")).isPresent();
    assertThat(objection("some one long")).isPresent();
    assertThat(PasswordPolicy.standard().objection("some one long", EMAIL, " SOME ONE LONG\n"))
        .isPresent();
    assertThat(objection("some one longer")).isEmpty();
  }

  @Test
  void it_is_more_than_two_characters_over_and_over() {
    assertThat(objection("a".repeat(40))).isPresent();
    assertThat(objection("ab".repeat(20))).isPresent();
  }

  @Test
  void no_objection_repeats_the_password() {
    for (String password : new String[] {"secret", "secretsecretsecret\uD83D", "zzzzzzzzzzzzzz"}) {
      assertThat(objection(password).orElseThrow()).doesNotContain("secret", "zzz");
    }
  }

  @Test
  void no_configuration_may_allow_less_than_eight_characters() {
    assertThat(new PasswordPolicy(8).objection("abcdefgh", EMAIL, "x")).isEmpty();
    assertThat(new PasswordPolicy(128).objection("abcdefgh", EMAIL, "x")).isPresent();
    assertThatThrownBy(() -> new PasswordPolicy(7)).hasMessageContaining("8 to 128");
    assertThatThrownBy(() -> new PasswordPolicy(129)).hasMessageContaining("8 to 128");
  }
}
