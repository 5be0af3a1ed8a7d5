package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.generation.ArtifactRepair.Repaired;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArtifactRepairTest {
  private static SocialPosts posts(String text, String... hashtags) {
    return new SocialPosts(text, text, text, text, List.of(hashtags), text);
  }

  private static SocialPosts repaired(SocialPosts posts) {
    return (SocialPosts) ArtifactRepair.of(posts, "").artifact();
  }

  private static List<String> checks(Repaired repaired) {
    return repaired.notes().stream().map(Finding::check).toList();
  }

  @Test
  void what_is_good_stays_as_it_is_and_needs_no_note() {
    for (Artifact good : List.of(Pieces.posts(), Pieces.audio(), Pieces.video(), Pieces.post())) {
      Repaired repaired = ArtifactRepair.of(good, "");
      assertThat(repaired.artifact()).isEqualTo(good);
      assertThat(repaired.notes()).isEmpty();
    }
  }

  @Test
  void white_space_and_control_characters_go() {
    assertThat(repaired(posts(" a\r\nb\u0000\uD83D \n")).linkedin()).isEqualTo("a\nb");
  }

  @Test
  void the_marks_of_markdown_go_where_networks_show_them() {
    SocialPosts repaired =
        repaired(posts("## Heading\n**Bold** and **more** 2 ** 3\n# Next\n#tag"));

    assertThat(repaired.facebook()).isEqualTo("Heading\nBold and more 2 ** 3\nNext\n#tag");
  }

  @Test
  void each_post_is_cut_to_what_its_network_takes_and_the_reader_is_told() {
    String text = Texts.words(15_000);
    Repaired repaired = ArtifactRepair.of(posts(text), "");
    SocialPosts posts = (SocialPosts) repaired.artifact();

    assertThat(posts.linkedin().length()).isBetween(1_500, 3_000);
    assertThat(posts.facebook().length()).isBetween(31_000, 63_206);
    assertThat(posts.instagram().length()).isBetween(1_100, 2_200);
    assertThat(XText.weightedLength(posts.x())).isBetween(130, 280);
    assertThat(posts.linkedin()).endsWith(".");
    assertThat(checks(repaired))
        .containsExactlyInAnyOrder(
            "social.x", "social.linkedin", "social.facebook", "social.instagram");
  }

  @Test
  void hashtags_are_mended_where_that_is_certain() {
    assertThat(
            repaired(posts("x", "bees", "#Honey", " #honey ", "#bee-hive", "#a #bb,#cc"))
                .hashtags())
        .containsExactly("#bees", "#Honey", "#beehive", "#bb", "#cc");
    assertThat(repaired(posts("x", "#one", "#two", "#three", "#four", "#five", "#six")).hashtags())
        .containsExactly("#one", "#two", "#three", "#four", "#five");
    assertThat(repaired(posts("x", "", "#", "!!", "\uD83D\uDC1D", "x".repeat(51))).hashtags())
        .isEmpty();
    assertThat(repaired(posts("x", "#\u871C\u8702 \u0646\u062D\u0644")).hashtags())
        .containsExactly("#\u871C\u8702", "#\u0646\u062D\u0644");
  }

  @Test
  void invented_links_go_from_every_field_and_known_ones_stay() {
    String text = "See [here](https://made.up) or https://known.example/x";
    AudioScript audio =
        (AudioScript)
            ArtifactRepair.of(
                    new AudioScript(text, List.of(new AudioScript.Segment(text, text)), text, text),
                    "https://known.example/x")
                .artifact();
    String clean = "See here or https://known.example/x";

    assertThat(audio)
        .isEqualTo(
            new AudioScript(clean, List.of(new AudioScript.Segment(clean, clean)), clean, clean));
  }

  @Test
  void what_stands_on_the_screen_is_cut_to_its_words() {
    String many = "one two three four five six seven eight nine ten eleven twelve thirteen";
    VideoScript script =
        new VideoScript(
            "Hook",
            List.of(
                new VideoScript.Scene("n", "v", many),
                new VideoScript.Scene("n", "v", "\u4E2D".repeat(40)),
                new VideoScript.Scene("n", "v", "a-b ".repeat(12).strip()),
                new VideoScript.Scene("n", "v", "word/".repeat(20))),
            "End");

    List<String> shown =
        ((VideoScript) ArtifactRepair.of(script, "").artifact())
            .scenes().stream().map(VideoScript.Scene::onScreenText).toList();
    assertThat(shown.get(0)).isEqualTo(many.replace(" thirteen", ""));
    assertThat(shown.get(1)).isEqualTo("\u4E2D".repeat(24));
    assertThat(shown.get(2)).isEqualTo("a-b ".repeat(12).strip());
    assertThat(shown).allMatch(text -> Words.count(text) <= ArtifactChecks.MAX_ON_SCREEN_WORDS);
  }

  @Test
  void an_article_is_read_without_its_invented_links_and_the_reader_is_told() {
    String markdown =
        "# Bees and [more](https://made.up)\r\n\r\n"
            + "An introduction.\n\n"
            + "## A\n\n"
            + "See https://made.up/x now.";
    Repaired repaired = ArtifactRepair.article(markdown, "");
    BlogPost post = (BlogPost) repaired.artifact();

    assertThat(post.title()).isEqualTo("Bees and more");
    assertThat(post.sections().getFirst().body()).isEqualTo("See  now.");
    assertThat(checks(repaired)).containsExactly("text.links");
    assertThat(checks(ArtifactRepair.article(markdown, markdown))).isEmpty();
  }

  @Test
  void what_was_repaired_needs_no_second_repair() {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String text = Texts.random(random, 200);
      Artifact once = ArtifactRepair.of(posts(text, Texts.random(random, 8)), "").artifact();
      assertThat(((SocialPosts) once).hashtags()).as("seed %s", seed).hasSizeLessThanOrEqualTo(5);
      assertThat(ArtifactChecks.of(once, Pieces.context()))
          .as("seed %s", seed)
          .noneMatch(
              finding ->
                  List.of("social.x", "social.linkedin", "social.facebook")
                          .contains(finding.check())
                      && finding.severity() == Finding.Severity.FATAL);
    }
  }
}
