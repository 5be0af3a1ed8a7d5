package io.contentcrew.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b.c",
        "name@example.com",
        "first.last+tag@sub.example.co.uk",
        "o'brien@example.org",
        "x_y-z@a-b.example",
        "j\u00FCrgen@b\u00FCcher.example",
        "\u7528\u6237@\u4F8B\u5B50.\u5E7F\u544A",
        "!#$%&'*+/=?^_`{|}~-@example.com",
        "1@2.3"
      })
  void addresses_of_many_shapes_are_taken(String address) {
    assertThat(new EmailAddress(address).value()).isEqualTo(address);
    assertThat(EmailAddress.parse(address)).contains(new EmailAddress(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "@",
        "a",
        "a@",
        "@b.c",
        "a@b",
        "a@.c",
        "a@b.",
        "a@b..c",
        "a@-b.c",
        "a@b-.c",
        "a b@c.d",
        "a@b c.d",
        "a@b.c d",
        "a@b@c.d",
        "a,b@c.d",
        "<a@b.c>",
        "a@b.c\nBcc: x@y.z",
        "a\u0000@b.c",
        "a@b.c\u0000",
        "\"a b\"@c.d",
        "a@[127.0.0.1]",
        "a\u200B@b.c",
        "a@b\u202E.c",
        "a\uD83D@b.c"
      })
  void what_has_another_shape_is_refused_without_being_repeated(String text) {
    assertThat(EmailAddress.parse(text)).isEmpty();
    assertThatThrownBy(() -> new EmailAddress(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an e-mail address looks like name@example.com");
  }

  @Test
  void an_address_has_one_form_whatever_its_case_and_the_blanks_around_it() {
    assertThat(new EmailAddress(" Name@EXAMPLE.Com\n"))
        .isEqualTo(new EmailAddress("name@example.com"));
    assertThat(new EmailAddress("\u00C4@\u00D6.de").value()).isEqualTo("\u00E4@\u00F6.de");
    assertThat(new EmailAddress("name@example.com").toString()).isEqualTo("name@example.com");
  }

  @Test
  void an_address_has_254_characters_and_64_before_the_sign_at_most() {
    String domain = "@" + "d".repeat(185) + ".com";

    assertThat(new EmailAddress("n".repeat(64) + domain).value()).hasSize(254);
    assertThat(EmailAddress.parse("n".repeat(64) + domain + "x")).isEmpty();
    assertThat(EmailAddress.parse("n".repeat(65) + "@example.com")).isEmpty();
  }

  /** Folding it to lower case would take minutes, for a request of a few hundred kilobytes. */
  @Test
  void a_long_text_is_refused_before_it_is_folded() {
    assertThat(EmailAddress.parse("\u0130".repeat(400_000) + "@example.com")).isEmpty();
  }
}
