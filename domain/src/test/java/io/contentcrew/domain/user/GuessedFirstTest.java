package io.contentcrew.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords that are long enough, and bad because everybody would try them first. */
class GuessedFirstTest {
  private static final EmailAddress EMAIL = new EmailAddress("jo.haverford+crew@example.com");
  private static final String NAME = "Josephine \u00C5kesson-Li";
  private static final String COMMON = "The password is one of the first that anybody would try.";
  private static final String OWN =
      "The password must be more than your name, your e-mail address or the name of this service.";

  private static Optional<String> objection(String password) {
    return new PasswordPolicy(8).objection(password, EMAIL, NAME);
  }

  private static final List<String> LIST = list();

  private static List<String> list() {
    try (InputStream in = PasswordPolicy.class.getResourceAsStream("common-passwords.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_list_names_its_source_and_licence_and_is_long_enough() {
    List<String> lines = LIST;

    assertThat(lines.getFirst()).startsWith("#").contains("zxcvbn", "MIT");
    assertThat(PasswordPolicy.class.getResource("common-passwords.LICENSE.txt")).isNotNull();
    assertThat(lines.subList(1, lines.size()))
        .hasSizeGreaterThan(3_000)
        .doesNotHaveDuplicates()
        .isSorted()
        .allSatisfy(
            line ->
                assertThat(line)
                    .hasSizeGreaterThanOrEqualTo(PasswordPolicy.FLOOR)
                    .isEqualTo(CommonPasswords.folded(line)));
  }

  /** Some say something else: that they repeat themselves, or are made of the product's words. */
  @Test
  void every_password_of_the_list_is_refused() {
    List<String> lines = LIST;
    for (String common : lines.subList(1, lines.size())) {
      assertThat(objection(common)).as(common).isPresent();
    }
  }

  @Test
  void the_first_line_and_parts_of_lines_are_no_passwords_of_the_list() {
    List<String> lines = LIST;

    assertThat(CommonPasswords.contains(CommonPasswords.folded(lines.getFirst()))).isFalse();
    assertThat(CommonPasswords.contains(lines.get(1))).isTrue();
    assertThat(CommonPasswords.contains(lines.getLast())).isTrue();
    assertThat(CommonPasswords.contains(lines.get(5) + "\n" + lines.get(6))).isFalse();
    assertThat(CommonPasswords.contains("")).isFalse();
    assertThat(CommonPasswords.contains("assword123")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PassWord",
        "123456789012",
        "password1234",
        "Password2026!",
        "!!password!!",
        "1234567password",
        "  password  ",
        "\uFF50\uFF41\uFF53\uFF53\uFF57\uFF4F\uFF52\uFF44",
        "\u24DFassword",
        "PA\u017F\u017FWORD",
        "qwertyuiop[]",
        "iloveyou 2026"
      })
  void a_common_password_is_refused_in_whatever_letters_and_with_whatever_around_it(
      String password) {
    assertThat(objection(password)).contains(COMMON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contentcrew",
        "Content Crew",
        "content-creation-crew",
        "ContentCrew2026",
        "2026!Crew!Content",
        "crewcrewcrew",
        "jo.haverford+crew@example.com",
        "JO.HAVERFORD+CREW@EXAMPLE.COM!",
        "haverford1984",
        "haverfordcontent1",
        "\u00C5kesson-99",
        "josephine \u00E5kesson",
        "JOSEPHINEA\u030AKESSON",
        "\u00E5kesson.Haverford",
        "josephinepassword",
        "haverford:password1"
      })
  void the_products_name_and_ones_own_are_refused_with_little_around_them(String password) {
    assertThat(objection(password)).contains(OWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "josephine likes rain",
        "haverfordx",
        "example.com",
        "josephine 83920174",
        "password 83920174",
        "contentment",
        "li li li li",
        "passwordhorse",
        "a password of mine",
        "drowssap reversed"
      })
  void words_that_anybody_may_know_are_allowed_among_others(String password) {
    assertThat(objection(password)).isEmpty();
  }

  @Test
  void what_is_around_a_word_counts_from_eight_characters_on() {
    assertThat(objection("haverford7391528")).contains(OWN);
    assertThat(objection("haverford73915284")).isEmpty();
    assertThat(objection("7391password528")).contains(COMMON);
    assertThat(objection("7391password5284")).isEmpty();
  }

  @Test
  void the_password_itself_is_judged_by_its_length_as_it_is() {
    assertThat(objection("pass\uFB00rd")).contains("The password needs at least 8 characters.");
  }

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_is_lost_by_length_and_no_objection_tells_the_password(int seed) {
    Random random = new Random(seed);
    String password = randomText(random, random.nextInt(1, 80));
    Optional<String> objection = objection(password);

    if (password.codePointCount(0, password.length()) < 8) {
      assertThat(objection).isPresent();
    }
    objection.ifPresent(said -> assertThat(said).doesNotContain(password.strip().repeat(3)));
    assertThat(objection(password)).isEqualTo(objection);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void case_and_compatibility_forms_never_make_a_common_password_a_good_one(int seed) {
    Random random = new Random(seed);
    List<String> lines = LIST;
    String common = lines.get(random.nextInt(1, lines.size()));
    StringBuilder disguised = new StringBuilder();
    for (char c : common.toCharArray()) {
      disguised.append(
          switch (random.nextInt(3)) {
            case 0 -> c;
            case 1 -> Character.toUpperCase(c);
            default -> c > ' ' && c <= '~' ? (char) (c + 0xFEE0) : c; // the wide form
          });
    }

    assertThat(objection(disguised.toString())).as("%s for %s", disguised, common).isPresent();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void twelve_random_letters_are_a_good_password(int seed) {
    Random random = new Random(seed);
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      password.append((char) ('a' + random.nextInt(26)));
    }

    assertThat(objection(password.toString())).as("%s", password).isEmpty();
  }

  private static String randomText(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(0xD800);
            case 1 -> random.nextInt(0xE000, 0x110000);
            case 2 -> 0xFDFA; // grows eighteen times as long when it is folded
            case 3 -> '\u0130';
            default -> random.nextInt(' ', '~');
          });
    }
    return text.toString();
  }
}
