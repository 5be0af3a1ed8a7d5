package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.PasswordPolicy;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing throws but where it is documented, whatever a user types or a model writes. */
class NaughtyStringsTest {
  static Stream<String> naughty() {
    return NaughtyStrings.all().stream();
  }

  @Test
  void the_list_was_read() {
    assertThat(NaughtyStrings.read())
        .hasSize(515)
        .contains("undefined", "NULL", "<script>alert(123)</script>");
  }

  @ParameterizedTest
  @MethodSource("naughty")
  void every_string_passes_through_everything(String text) {
    check(text);
  }

  @Test
  void random_mixtures_pass_through_everything() {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      String text = Texts.random(random, 60);
      assertThatCode(() -> check(text)).as("seed %s: %s", seed, text).doesNotThrowAnyException();
    }
  }

  private static void check(String text) {
    values(text);
    List<BlogPost.Section> sections = List.of(new BlogPost.Section(text, text));
    for (Artifact artifact :
        List.of(
            ArtifactRepair.article(text, "").artifact(),
            new BlogPost(text, text, sections, text),
            new SocialPosts(text, text, text, text, List.of(text), text),
            new AudioScript(text, List.of(new AudioScript.Segment(text, text)), text, text),
            new VideoScript(text, List.of(new VideoScript.Scene(text, text, text)), text))) {
      looked(artifact, text);
      looked(ArtifactRepair.of(artifact, text).artifact(), text);
    }
  }

  private static void looked(Artifact artifact, String text) {
    Brief brief = refusable(() -> Brief.about(text)).orElse(Pieces.BRIEF);
    ArtifactChecks.Context context =
        new ArtifactChecks.Context(brief, text, text, Optional.of(text));
    assertThat(ArtifactChecks.of(artifact, context)).isNotNull();
    assertThat(ArtifactChecks.ofProse(text, text, context)).isNotNull();
    assertThat(ArtifactMarkdown.of(artifact, brief.language())).endsWith("\n");
  }

  private static void values(String text) {
    String clean = FreeText.clean(text);
    refusable(() -> Brief.about(text))
        .ifPresentOrElse(
            brief -> assertThat(brief.topic()).isEqualTo(clean), () -> assertThat(clean).isEmpty());
    refusable(
        () -> Brief.about("x").withFormats(Format.BLOG).withAudience(text).withBrandVoice(text));
    refusable(() -> new ModelName(text));
    refusable(() -> new EngineName(text));
    refusable(() -> new TierId(text));
    refusable(() -> new Language(text));
    refusable(() -> new EmailAddress(text))
        .ifPresent(email -> assertThat(EmailAddress.parse(text)).contains(email));
    refusable(
        () -> User.of(new UserId(new UUID(1, 2)), new EmailAddress("a@b.c"), text, Instant.EPOCH));
    assertThat(Language.parse(text)).isNotNull();
    assertThat(JobId.parse(text)).isEmpty();
    assertThat(Format.ofWireName(text)).isEmpty();
    assertThat(PasswordPolicy.standard().objection(text, new EmailAddress("a@b.c"), text))
        .isNotNull();
    assertThat(XText.weightedLength(XText.fit(text, 280))).isLessThanOrEqualTo(280);
    assertThat(Cut.toLength(text, 40).length()).isLessThanOrEqualTo(40);
  }

  /** The value, or empty where the text is refused as documented. */
  private static <T> Optional<T> refusable(Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (IllegalArgumentException documented) {
      assertThat(documented.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }
}
