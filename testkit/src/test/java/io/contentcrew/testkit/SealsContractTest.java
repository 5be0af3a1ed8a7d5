package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.Digest;
import io.contentcrew.ports.user.Seals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract lets right seals pass and catches wrong ones. */
class SealsContractTest {
  @Nested
  class Right_seals extends Contract {
    Right_seals() {
      super(DigestSeals::new);
    }
  }

  private static class Contract extends SealsContract {
    private final BiFunction<String, List<String>, Seals> kind;

    Contract(BiFunction<String, List<String>, Seals> kind) {
      this.kind = kind;
    }

    @Override
    protected Seals seals() {
      return kind.apply("key", List.of());
    }

    @Override
    protected Seals sealsElsewhere() {
      return kind.apply("key", List.of());
    }

    @Override
    protected Seals sealsAfterAChangeOfKey() {
      return kind.apply("new key", List.of("key"));
    }

    @Override
    protected Seals sealsOfAnother() {
      return kind.apply("another key", List.of());
    }
  }

  private static void caught(
      BiFunction<String, List<String>, Seals> kind, Consumer<SealsContract> test) {
    assertThatThrownBy(() -> test.accept(new Contract(kind))).isInstanceOf(AssertionError.class);
  }

  @Test
  void seals_without_a_key_are_caught() {
    caught(
        (key, old) -> new DigestSeals("", List.of()),
        SealsContract::seals_of_another_are_not_genuine);
    caught(
        (key, old) -> new DigestSeals("", List.of()),
        SealsContract::seals_made_before_a_change_of_key_stay_genuine);
  }

  @Test
  void seals_that_forget_the_key_before_are_caught() {
    caught(
        (key, old) -> new DigestSeals(key, List.of()),
        SealsContract::seals_made_before_a_change_of_key_stay_genuine);
  }

  @Test
  void seals_for_every_purpose_are_caught() {
    caught(
        (key, old) -> new Purposeless(new DigestSeals(key, old)),
        SealsContract::each_purpose_has_seals_of_its_own);
  }

  @Test
  void seals_that_run_purpose_and_text_together_are_caught() {
    caught(
        (key, old) -> new RunTogether(new DigestSeals(key, old)),
        SealsContract::purpose_and_text_do_not_run_into_each_other);
  }

  @Test
  void seals_that_are_read_leniently_are_caught() {
    caught(
        (key, old) -> new Lenient(new DigestSeals(key, old)),
        SealsContract::a_seal_altered_anywhere_is_not_genuine);
  }

  @Test
  void seals_that_confuse_halves_of_characters_are_caught() {
    caught(
        (key, old) -> new Replacing(new DigestSeals(key, old)),
        SealsContract::each_text_has_a_seal_of_its_own);
  }

  /** A digest of key, purpose and text; no MAC, but right enough for the contract. */
  private record DigestSeals(String key, List<String> old) implements Seals {
    @Override
    public String seal(String purpose, String text) {
      return seal(key, purpose, text);
    }

    @Override
    public boolean isGenuine(String purpose, String text, String seal) {
      return seal(purpose, text).equals(seal)
          || old.stream().anyMatch(each -> seal(each, purpose, text).equals(seal));
    }

    private static String seal(String key, String purpose, String text) {
      String all = key.length() + key + purpose.length() + " " + purpose + text;
      ByteBuffer bytes = ByteBuffer.allocate(2 * all.length());
      bytes.asCharBuffer().put(all);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Digest.of(bytes.array()).bytes());
    }
  }

  private record Purposeless(Seals right) implements Seals {
    @Override
    public String seal(String purpose, String text) {
      return right.seal("", text);
    }

    @Override
    public boolean isGenuine(String purpose, String text, String seal) {
      return right.isGenuine("", text, seal);
    }
  }

  private record RunTogether(Seals right) implements Seals {
    @Override
    public String seal(String purpose, String text) {
      return right.seal("", purpose + text);
    }

    @Override
    public boolean isGenuine(String purpose, String text, String seal) {
      return right.isGenuine("", purpose + text, seal);
    }
  }

  private record Lenient(Seals right) implements Seals {
    @Override
    public String seal(String purpose, String text) {
      return right.seal(purpose, text);
    }

    @Override
    public boolean isGenuine(String purpose, String text, String seal) {
      return right.isGenuine(purpose, text, seal.replaceAll("[^A-Za-z0-9_-]", ""));
    }
  }

  private record Replacing(Seals right) implements Seals {
    @Override
    public String seal(String purpose, String text) {
      return right.seal(purpose, utf8(text));
    }

    @Override
    public boolean isGenuine(String purpose, String text, String seal) {
      return right.isGenuine(purpose, utf8(text), seal);
    }

    private static String utf8(String text) {
      return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
  }
}
