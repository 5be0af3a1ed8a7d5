package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArtifactMarkdownTest {
  @Test
  void an_article_is_shown_with_its_conclusion_under_a_heading_of_its_language() {
    BlogPost post =
        new BlogPost("Title", "Intro.", List.of(new BlogPost.Section("A", "Text.")), "End.");

    assertThat(ArtifactMarkdown.of(post, new Language("de")))
        .isEqualTo("# Title\n\nIntro.\n\n## A\n\nText.\n\n## Fazit\n\nEnd.\n");
    assertThat(ArtifactMarkdown.of(post, new Language("sw")))
        .isEqualTo("# Title\n\nIntro.\n\n## A\n\nText.\n\nEnd.\n");
  }

  @Test
  void what_is_shown_is_read_as_the_same_article() {
    BlogPost post = Pieces.post();

    assertThat(ArtifactRepair.article(ArtifactMarkdown.of(post, Language.ENGLISH), "").artifact())
        .isEqualTo(post);
  }

  @Test
  void posts_are_shown_under_the_names_of_their_networks() {
    SocialPosts posts = new SocialPosts("L", "X", "F", "I", List.of("#aa", "#bb"), "C");

    assertThat(ArtifactMarkdown.of(posts, Language.ENGLISH))
        .isEqualTo(
            "# Social posts\n\n"
                + "## LinkedIn\n\n"
                + "L\n\n"
                + "## X\n\n"
                + "X\n\n"
                + "## Facebook\n\n"
                + "F\n\n"
                + "## Instagram\n\n"
                + "I\n"
                + "\n"
                + "## Hashtags\n\n"
                + "\\#aa \\#bb\n\n"
                + "## Call to action\n\n"
                + "C\n");
  }

  @Test
  void scripts_are_shown_with_what_is_heard_and_seen() {
    AudioScript audio =
        new AudioScript(
            "Hi.", List.of(new AudioScript.Segment("One", "Text.")), "Bye.", "Slow.\nCalm.");
    VideoScript video =
        new VideoScript(
            "Hi.", List.of(new VideoScript.Scene("Heard.", "A\nview", " On  screen ")), "Bye.");

    assertThat(ArtifactMarkdown.of(audio, Language.ENGLISH))
        .isEqualTo(
            "# Audio script\n\n"
                + "## Hook\n\n"
                + "Hi.\n\n"
                + "## One\n\n"
                + "Text.\n\n"
                + "## Closing\n\n"
                + "Bye.\n\n"
                + "> Slow.\n"
                + "> Calm.\n");
    assertThat(ArtifactMarkdown.of(video, Language.ENGLISH))
        .isEqualTo(
            "# Video script\n\n"
                + "## Hook\n\n"
                + "Hi.\n\n"
                + "## Scene 1\n\n"
                + "Heard.\n\n"
                + "- Picture: A view\n"
                + "- On screen: On screen\n"
                + "\n"
                + "## Closing\n\n"
                + "Bye.\n");
    assertThat(
            ArtifactMarkdown.of(new AudioScript("Hi.", List.of(), "Bye.", " "), Language.ENGLISH))
        .doesNotContain(">");
  }

  @Test
  void each_piece_knows_its_format_and_keeps_its_own_lists() {
    assertThat(Pieces.post().format()).isEqualTo(Format.BLOG);
    assertThat(Pieces.posts().format()).isEqualTo(Format.SOCIAL);
    assertThat(Pieces.audio().format()).isEqualTo(Format.AUDIO);
    assertThat(Pieces.video().format()).isEqualTo(Format.VIDEO);
    List<String> tags = new ArrayList<>(List.of("#aa"));
    SocialPosts posts = new SocialPosts("", "", "", "", tags, "");
    tags.clear();
    assertThat(posts.hashtags()).containsExactly("#aa");
  }
}
