package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static SocialPosts posts(String text) {
    return new SocialPosts(text, text, text, text, List.of("#a1", "#b2", "#c3"), "Go.");
  }

  private static Measures.Post post(String text, Network network) {
    return Measures.of(posts(text)).posts().stream()
        .filter(post -> post.network() == network)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_article_counts_what_its_reader_reads_and_at_which_pace() {
    BlogPost post =
        new BlogPost(
            "One two",
            "Three **four**.",
            List.of(new BlogPost.Section("Five", "### Six\n\n[seven](https://example.com) eight")),
            "Nine.");

    Measures measures = Measures.of(post);

    assertThat(measures.words()).isEqualTo(Words.count(post.plainText()));
    assertThat(measures.characters())
        .isEqualTo(
            "One two\n\nThree four.\n\nFive\n\nSix\n\nseven (https://example.com) eight\n\nNine."
                .length());
    assertThat(measures.headings())
        .containsExactly(new Measures.Heading(2, "Five"), new Measures.Heading(3, "Six"));
    assertThat(measures.posts()).isEmpty();
    BlogPost minute = new BlogPost(Texts.words(238), "", List.of(), "");
    assertThat(Measures.of(minute).seconds()).isEqualTo(OptionalInt.of(60));
    assertThat(Measures.of(new BlogPost("", "", List.of(), "")).seconds()).hasValue(0);
  }

  @Test
  void a_script_counts_what_is_heard() {
    AudioScript audio =
        new AudioScript(
            "One.", List.of(new AudioScript.Segment("Not heard", "Two.")), "Three.", "Nor this.");
    VideoScript video =
        new VideoScript(
            "One.", List.of(new VideoScript.Scene("Two.", "Not heard", "Nor this")), "Three.");

    assertThat(Measures.of(audio).words()).isEqualTo(3);
    assertThat(Measures.of(audio).headings()).containsExactly(new Measures.Heading(2, "Not heard"));
    assertThat(Measures.of(video))
        .isEqualTo(
            new Measures(
                3, "One.\n\nTwo.\n\nThree.".length(), OptionalInt.of(2), List.of(), List.of()));
    VideoScript minute = new VideoScript(Texts.words(150), List.of(), "");
    assertThat(Measures.of(minute).seconds()).hasValue(60);
  }

  @Test
  void posts_count_their_own_text_and_not_the_hashtags_beside_them() {
    Measures measures = Measures.of(posts("Tea \uD83C\uDF75"));

    assertThat(measures.words()).isEqualTo(4);
    assertThat(measures.characters()).isEqualTo(4 * 5);
    assertThat(measures.seconds()).isEmpty();
    assertThat(measures.posts())
        .extracting(Measures.Post::network, Measures.Post::count, Measures.Post::limit)
        .containsExactly(
            tuple(Network.LINKEDIN, 6, 3_000),
            tuple(Network.X, 6, 280),
            tuple(Network.FACEBOOK, 6, 63_206),
            tuple(Network.INSTAGRAM, 6, 2_200));
    assertThat(measures.posts()).allMatch(post -> post.parts().equals(List.of("Tea \uD83C\uDF75")));
  }

  @Test
  void a_post_folds_where_more_than_that_is_written() {
    assertThat(post("a".repeat(210), Network.LINKEDIN).foldAt()).isEmpty();
    assertThat(post("a".repeat(211), Network.LINKEDIN).foldAt()).hasValue(210);
    assertThat(post("\uD83C\uDF75".repeat(125), Network.INSTAGRAM).foldAt()).isEmpty();
    assertThat(post("a".repeat(126), Network.INSTAGRAM).foldAt()).hasValue(125);
    assertThat(post("a".repeat(478), Network.FACEBOOK).foldAt()).hasValue(477);
    assertThat(post("a".repeat(478), Network.X).foldAt()).isEmpty();
  }

  @Test
  void the_checks_find_a_post_too_long_exactly_where_its_count_is_over_the_limit() {
    for (Network network : Network.values()) {
      for (int over : new int[] {0, 1}) {
        String text = "a".repeat(network.limit() + over);
        SocialPosts posts =
            new SocialPosts(
                network == Network.LINKEDIN ? text : "L",
                network == Network.X ? text : "X",
                network == Network.FACEBOOK ? text : "F",
                network == Network.INSTAGRAM ? text : "I",
                List.of("#a1", "#b2", "#c3"),
                "Go.");
        assertThat(Measures.Post.of(network, text).count()).isEqualTo(network.limit() + over);
        assertThat(ArtifactChecks.ofShape(posts))
            .filteredOn(finding -> finding.severity() == Finding.Severity.FATAL)
            .extracting(Finding::check)
            .isEqualTo(over == 0 ? List.of() : List.of("social." + network.wireName()));
      }
    }
  }

  @Test
  void a_piece_by_itself_is_found_fault_with_as_with_its_brief() {
    for (Artifact piece :
        List.of(
            Pieces.post(),
            Pieces.posts(),
            Pieces.audio(),
            Pieces.video(),
            new BlogPost("", "", List.of(), ""),
            new SocialPosts("", "", "", "", List.of("x"), ""),
            new AudioScript("", List.of(), "", ""),
            new VideoScript("", List.of(), ""))) {
      assertThat(ArtifactChecks.of(piece, Pieces.context()))
          .containsAll(ArtifactChecks.ofShape(piece));
    }
    assertThat(ArtifactChecks.ofShape(Pieces.post())).isEmpty();
    assertThat(ArtifactChecks.ofShape(new VideoScript("", List.of(), ""))).hasSize(3);
  }

  @Test
  void every_network_has_a_name_and_a_post_of_its_own() {
    SocialPosts posts = new SocialPosts("L", "X", "F", "I", List.of(), "C");
    assertThat(Arrays.stream(Network.values()).map(posts::post))
        .containsExactly("L", "X", "F", "I");
    assertThat(Arrays.stream(Network.values()).map(Network::wireName))
        .containsExactly("linkedin", "x", "facebook", "instagram");
    assertThat(IntStream.of(Network.X.count("\u8336"), Network.FACEBOOK.count("\u8336")))
        .containsExactly(2, 1);
  }
}
