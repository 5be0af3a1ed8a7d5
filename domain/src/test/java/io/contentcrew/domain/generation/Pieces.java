package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pieces of a short brief with which no check finds fault, for tests to spoil. */
final class Pieces {
  static final Brief BRIEF = Brief.about("Honey bees").withLength(Length.SHORT);

  private Pieces() {}

  static ArtifactChecks.Context context() {
    return context(BRIEF);
  }

  static ArtifactChecks.Context context(Brief brief) {
    return new ArtifactChecks.Context(brief, "", brief.topic(), Optional.empty());
  }

  static BlogPost post() {
    List<BlogPost.Section> sections = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sections.add(new BlogPost.Section("Section " + (char) ('A' + i), Texts.words(66, i)));
    }
    return new BlogPost(
        "Honey bees for beginners",
        "Honey bees, that is. " + Texts.words(30, 7),
        sections,
        Texts.words(30, 8));
  }

  static BlogPost post(String title, String introduction, String conclusion) {
    return new BlogPost(title, introduction, post().sections(), conclusion);
  }

  static BlogPost post(List<BlogPost.Section> sections) {
    return new BlogPost(post().title(), post().introduction(), sections, post().conclusion());
  }

  static SocialPosts posts() {
    return new SocialPosts(
        Texts.words(120, 11),
        Texts.words(20, 12),
        Texts.words(80, 13),
        Texts.words(40, 14),
        List.of("#Bees", "#Honey", "#Garden"),
        "Tell us what you think.");
  }

  static AudioScript audio() {
    return new AudioScript(
        Texts.words(15, 21),
        List.of(
            new AudioScript.Segment("One", Texts.words(50, 22)),
            new AudioScript.Segment("Two", Texts.words(50, 23))),
        Texts.words(25, 24),
        "Slowly.");
  }

  static VideoScript video() {
    return new VideoScript(
        Texts.words(15, 31),
        List.of(
            new VideoScript.Scene(Texts.words(50, 32), "A garden.", "Honey bees"),
            new VideoScript.Scene(Texts.words(50, 33), "A hive.", "In the hive")),
        Texts.words(25, 34));
  }
}
