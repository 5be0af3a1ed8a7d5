package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.ArtifactChecks.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocialChecksTest {
  private static final SocialPosts GOOD = Pieces.posts();

  private static List<Finding> of(SocialPosts posts) {
    return ArtifactChecks.of(posts, Pieces.context());
  }

  private static void finds(SocialPosts posts, Finding.Severity severity, String check) {
    assertThat(of(posts))
        .as("findings of severity %s for %s", severity, check)
        .anySatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.check()).isEqualTo(check);
            });
  }

  private static SocialPosts linkedin(String text) {
    return new SocialPosts(
        text, GOOD.x(), GOOD.facebook(), GOOD.instagram(), GOOD.hashtags(), GOOD.callToAction());
  }

  private static SocialPosts x(String text) {
    return new SocialPosts(
        GOOD.linkedin(),
        text,
        GOOD.facebook(),
        GOOD.instagram(),
        GOOD.hashtags(),
        GOOD.callToAction());
  }

  private static SocialPosts facebook(String text) {
    return new SocialPosts(
        GOOD.linkedin(), GOOD.x(), text, GOOD.instagram(), GOOD.hashtags(), GOOD.callToAction());
  }

  private static SocialPosts instagram(String text) {
    return new SocialPosts(
        GOOD.linkedin(), GOOD.x(), GOOD.facebook(), text, GOOD.hashtags(), GOOD.callToAction());
  }

  private static SocialPosts hashtags(String... hashtags) {
    return new SocialPosts(
        GOOD.linkedin(),
        GOOD.x(),
        GOOD.facebook(),
        GOOD.instagram(),
        List.of(hashtags),
        GOOD.callToAction());
  }

  private static SocialPosts callToAction(String text) {
    return new SocialPosts(
        GOOD.linkedin(), GOOD.x(), GOOD.facebook(), GOOD.instagram(), GOOD.hashtags(), text);
  }

  @Test
  void good_posts_pass() {
    assertThat(of(GOOD)).isEmpty();
  }

  @Test
  void no_field_is_empty() {
    for (SocialPosts posts :
        List.of(linkedin(" "), x(""), facebook("\n"), instagram("\t"), callToAction(""))) {
      finds(posts, Finding.Severity.FATAL, "field.empty");
    }
  }

  @Test
  void a_post_for_x_counts_280_at_most() {
    assertThat(of(x("y".repeat(280)))).isEmpty();
    finds(x("y".repeat(281)), Finding.Severity.FATAL, "social.x");
    finds(x("\u4E2D".repeat(141)), Finding.Severity.FATAL, "social.x");
    assertThat(of(x("y".repeat(256) + " https://example.com/" + "p".repeat(300)))).isEmpty();
  }

  @Test
  void the_other_networks_count_characters() {
    finds(linkedin("y".repeat(3_001)), Finding.Severity.FATAL, "social.linkedin");
    finds(facebook("y".repeat(63_207)), Finding.Severity.FATAL, "social.facebook");
    finds(instagram("y".repeat(2_201)), Finding.Severity.FATAL, "social.instagram");
    assertThat(of(instagram("y".repeat(2_200)))).isEmpty();
  }

  @Test
  void a_post_says_enough_and_not_too_much() {
    assertThat(of(linkedin(Texts.words(80, 1)))).isEmpty();
    assertThat(of(linkedin(Texts.words(300, 1)))).isEmpty();
    finds(linkedin(Texts.words(79, 1)), Finding.Severity.WEAK, "social.linkedin");
    finds(linkedin(Texts.words(301, 1)), Finding.Severity.WEAK, "social.linkedin");
    assertThat(of(facebook(Texts.words(60, 1)))).isEmpty();
    assertThat(of(facebook(Texts.words(250, 1)))).isEmpty();
    finds(facebook(Texts.words(59, 1)), Finding.Severity.WEAK, "social.facebook");
    finds(facebook(Texts.words(251, 1)), Finding.Severity.WEAK, "social.facebook");
    assertThat(of(instagram("y".repeat(125)))).isEmpty();
    finds(instagram("y".repeat(124)), Finding.Severity.WEAK, "social.instagram");
  }

  @Test
  void there_are_three_to_five_hashtags() {
    assertThat(of(hashtags("#aa", "#bb", "#cc", "#dd", "#ee"))).isEmpty();
    finds(hashtags("#aa", "#bb"), Finding.Severity.FATAL, "social.hashtags");
    finds(hashtags(), Finding.Severity.FATAL, "social.hashtags");
    finds(
        hashtags("#aa", "#bb", "#cc", "#dd", "#ee", "#ff"),
        Finding.Severity.FATAL,
        "social.hashtags");
  }

  @Test
  void each_hashtag_is_there_once_whatever_its_case() {
    finds(hashtags("#Bees", "#bees", "#honey", "#hive"), Finding.Severity.FATAL, "social.hashtags");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bees",
        "#",
        "#b",
        "#bees and honey",
        "#bee-hive",
        "##bees",
        "#bees!",
        "#\uD83D\uDC1D\uD83D\uDC1D",
        ""
      })
  void a_hashtag_is_a_hash_with_letters_and_digits(String wrong) {
    finds(hashtags("#aa", "#bb", "#cc", wrong), Finding.Severity.FATAL, "social.hashtags");
  }

  @Test
  void hashtags_of_any_script_are_good() {
    assertThat(
            of(
                hashtags(
                    "#\u871C\u8702",
                    "#\u092E\u0927\u0941\u092E\u0915\u094D\u0916\u0940",
                    "#\u0646\u062D\u0644",
                    "#be_es2")))
        .isEmpty();
    finds(hashtags("#aa", "#bb", "#" + "c".repeat(51)), Finding.Severity.FATAL, "social.hashtags");
  }

  @Test
  void a_caption_for_instagram_has_thirty_hashtags_at_most() {
    List<String> tags =
        new ArrayList<>(
            IntStream.range(0, 31)
                .mapToObj(i -> "#tag" + (char) ('a' + i % 26) + (char) ('a' + i / 26))
                .toList());

    finds(
        instagram(Texts.words(30, 1) + " " + String.join(" ", tags)),
        Finding.Severity.FATAL,
        "social.instagram");
    tags.removeLast();
    assertThat(of(instagram(Texts.words(30, 1) + " " + String.join(" ", tags)))).isEmpty();
  }

  @Test
  void a_post_that_repeats_the_article_is_found() {
    Context copied = new Context(Pieces.BRIEF, "", "", Optional.of("Before. " + GOOD.facebook()));
    Context other = new Context(Pieces.BRIEF, "", "", Optional.of(Texts.words(500, 77)));

    assertThat(ArtifactChecks.of(GOOD, copied))
        .extracting(Finding::check)
        .containsExactly("social.copied");
    assertThat(ArtifactChecks.of(GOOD, other)).isEmpty();
  }

  @Test
  void what_holds_for_any_text_holds_for_posts() {
    finds(callToAction("[Insert link here]"), Finding.Severity.FATAL, "text.leak");
    finds(callToAction("Join 12,000 readers."), Finding.Severity.NOTE, "text.unverified");
    finds(
        facebook(GOOD.linkedin() + GOOD.linkedin() + GOOD.linkedin()),
        Finding.Severity.FATAL,
        "text.degenerate");
  }
}
