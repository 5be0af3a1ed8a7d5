package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BriefTest {
  @Test
  void a_brief_is_for_a_blog_post_of_medium_length_in_professional_english_unless_it_says_else() {
    Brief brief = Brief.about("Bees");

    assertThat(brief.formats()).containsExactly(Format.BLOG);
    assertThat(brief.tone()).isEqualTo(Tone.PROFESSIONAL);
    assertThat(brief.length()).isEqualTo(Length.MEDIUM);
    assertThat(brief.language()).isEqualTo(Language.ENGLISH);
    assertThat(brief.audience()).isEmpty();
    assertThat(brief.brandVoice()).isEmpty();
  }

  @Test
  void each_copy_changes_what_it_says() {
    Brief brief =
        Brief.about("Bees")
            .withFormats(Format.VIDEO, Format.AUDIO)
            .withTone(Tone.CASUAL)
            .withLength(Length.LONG)
            .withLanguage(new Language("de"))
            .withAudience(" beginners ")
            .withBrandVoice("We say it plainly.");

    assertThat(brief.formats()).containsExactly(Format.AUDIO, Format.VIDEO);
    assertThat(brief.tone()).isEqualTo(Tone.CASUAL);
    assertThat(brief.length()).isEqualTo(Length.LONG);
    assertThat(brief.language().tag()).isEqualTo("de");
    assertThat(brief.audience()).contains("beginners");
    assertThat(brief.brandVoice()).contains("We say it plainly.");
    assertThat(brief.topic()).isEqualTo("Bees");
  }

  @Test
  void text_is_normalised_so_that_equal_briefs_are_equal() {
    assertThat(Brief.about(" a\r\nb\u0000c\uFEFF\uD83D ")).isEqualTo(Brief.about("a\nbc"));
    assertThat(Brief.about("x").withAudience(" \n ").audience()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t\r", "\u0000", "\uFEFF", "\uD83D", "\u202E\u2066"})
  void a_topic_without_anything_to_read_is_refused(String topic) {
    assertThatThrownBy(() -> Brief.about(topic))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 5000");
  }

  @Test
  void lengths_count_in_code_points() {
    assertThat(Brief.about("\uD83D\uDE00".repeat(5_000)).topic()).hasSize(10_000);
    assertThatThrownBy(() -> Brief.about("\uD83D\uDE00".repeat(5_001)))
        .isInstanceOf(IllegalArgumentException.class);
    Brief brief = Brief.about("x");
    assertThat(brief.withAudience("y".repeat(500)).audience()).isPresent();
    assertThatThrownBy(() -> brief.withAudience("y".repeat(501))).hasMessageContaining("audience");
    assertThat(brief.withBrandVoice("y".repeat(5_000)).brandVoice()).isPresent();
    assertThatThrownBy(() -> brief.withBrandVoice("y".repeat(5_001)))
        .hasMessageContaining("brand voice");
  }

  @Test
  void a_brief_needs_at_least_one_format_and_keeps_its_own_set() {
    assertThatThrownBy(() -> Brief.about("x").withFormats(Set.of()))
        .hasMessageContaining("at least one format");
    assertThatThrownBy(() -> Brief.about("x").formats().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
