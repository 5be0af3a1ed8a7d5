package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.user.Seals;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What all {@link Seals} must do. */
public abstract class SealsContract {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "text",
          "text ",
          "Text",
          "tex",
          "text\u0000",
          "\u0000text",
          "te\nxt",
          "t\u00E9xt",
          "te\u0301xt",
          "\uD83D\uDD10",
          "\uD83D",
          "\uDD10",
          "?",
          "\uFFFD",
          "purpose",
          "x".repeat(10_000),
          "x".repeat(10_001));

  /** The seals under test. */
  protected abstract Seals seals();

  /** Seals like {@link #seals()} at another instance, with the same key. */
  protected abstract Seals sealsElsewhere();

  /** Seals with a new key, which know that of {@link #seals()} as the one before. */
  protected abstract Seals sealsAfterAChangeOfKey();

  /** Seals with a new key, which know no other. */
  protected abstract Seals sealsOfAnother();

  @Test
  void a_seal_is_43_characters_of_base64url() {
    for (String text : TEXTS) {
      assertThat(seals().seal("purpose", text)).matches("[A-Za-z0-9_-]{43}");
    }
  }

  @Test
  void the_same_text_has_the_same_seal_everywhere_and_always() {
    for (String text : TEXTS) {
      String seal = seals().seal("purpose", text);
      assertThat(seals().seal("purpose", text)).isEqualTo(seal);
      assertThat(sealsElsewhere().seal("purpose", text)).isEqualTo(seal);
      assertThat(sealsElsewhere().isGenuine("purpose", text, seal)).isTrue();
    }
  }

  @Test
  void each_text_has_a_seal_of_its_own() {
    Set<String> seals = new HashSet<>();
    for (String text : TEXTS) {
      assertThat(seals.add(seals().seal("purpose", text))).as("new: '%s'", text).isTrue();
    }
  }

  @Test
  void a_seal_is_genuine_for_its_text_only() {
    for (String text : TEXTS) {
      String seal = seals().seal("purpose", text);
      for (String other : TEXTS) {
        assertThat(seals().isGenuine("purpose", other, seal))
            .as("the seal of '%s' for '%s'", text, other)
            .isEqualTo(text.equals(other));
      }
    }
  }

  @Test
  void each_purpose_has_seals_of_its_own() {
    List<String> purposes =
        List.of("purpose", "purpose2", "Purpose", "p", "", "\u00E9", "?", "\uD83D", "purposetext");
    for (String purpose : purposes) {
      String seal = seals().seal(purpose, "text");
      for (String other : purposes) {
        assertThat(seals().isGenuine(other, "text", seal))
            .as("made for '%s', shown for '%s'", purpose, other)
            .isEqualTo(purpose.equals(other));
      }
    }
  }

  @Test
  void purpose_and_text_do_not_run_into_each_other() {
    String seal = seals().seal("ab", "cd");

    for (String[] other :
        new String[][] {{"a", "bcd"}, {"abc", "d"}, {"", "abcd"}, {"abcd", ""}, {"cd", "ab"}}) {
      assertThat(seals().isGenuine(other[0], other[1], seal)).isFalse();
    }
  }

  @Test
  void a_seal_altered_anywhere_is_not_genuine() {
    String seal = seals().seal("purpose", "text");
    for (int i = 0; i <= seal.length(); i++) {
      for (String other : List.of("A", "B", "_", "=", " ", "\n", "\u00E9", "\u4E00", "\uD83D")) {
        String more = seal.substring(0, i) + other + seal.substring(i);
        assertThat(seals().isGenuine("purpose", "text", more)).as(more).isFalse();
        if (i < seal.length() && !other.equals(seal.substring(i, i + 1))) {
          String altered = seal.substring(0, i) + other + seal.substring(i + 1);
          assertThat(seals().isGenuine("purpose", "text", altered)).as(altered).isFalse();
        }
      }
      assertThat(seals().isGenuine("purpose", "text", seal.substring(0, i)))
          .isEqualTo(i == seal.length());
    }
  }

  @Test
  void what_is_no_seal_at_all_is_not_genuine() {
    for (String nonsense :
        List.of("", " ", "text", "A".repeat(43), "=".repeat(44), "A".repeat(100_000))) {
      assertThat(seals().isGenuine("purpose", "text", nonsense)).isFalse();
    }
  }

  @Test
  void seals_made_before_a_change_of_key_stay_genuine() {
    String old = seals().seal("purpose", "text");
    String fresh = sealsAfterAChangeOfKey().seal("purpose", "text");

    assertThat(fresh).isNotEqualTo(old);
    assertThat(sealsAfterAChangeOfKey().isGenuine("purpose", "text", old)).isTrue();
    assertThat(sealsAfterAChangeOfKey().isGenuine("purpose", "text", fresh)).isTrue();
    assertThat(sealsAfterAChangeOfKey().isGenuine("purpose", "other", old)).isFalse();
    assertThat(sealsAfterAChangeOfKey().isGenuine("other", "text", old)).isFalse();
    assertThat(seals().isGenuine("purpose", "text", fresh)).isFalse();
  }

  @Test
  void seals_of_another_are_not_genuine() {
    for (String text : TEXTS) {
      String foreign = sealsOfAnother().seal("purpose", text);
      assertThat(foreign).isNotEqualTo(seals().seal("purpose", text));
      assertThat(seals().isGenuine("purpose", text, foreign)).isFalse();
      assertThat(sealsOfAnother().isGenuine("purpose", text, foreign)).isTrue();
    }
  }

  @Test
  void many_threads_may_seal_and_ask() {
    List<Boolean> right =
        Race.of(
            16,
            number -> {
              boolean all = true;
              for (int round = 0; round < 200; round++) {
                String text = number + " " + round;
                String seal = seals().seal("purpose", text);
                all &= seals().isGenuine("purpose", text, seal);
                all &= !seals().isGenuine("purpose", text + "x", seal);
              }
              return all;
            });

    assertThat(right).isEqualTo(Collections.nCopies(16, true));
  }
}
