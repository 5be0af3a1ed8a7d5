package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.Artifact.BlogPost;

/** What specialists need of an article: its title and what each part says, in a line each. */
public final class ArticleOutline {
  private static final int MAX_LINE = 200;

  private ArticleOutline() {}

  /** The title, the gist of the introduction, and a line for each section. */
  public static String of(BlogPost post) {
    StringBuilder outline =
        new StringBuilder(post.title()).append('\n').append(gist(post.introduction()));
    for (BlogPost.Section section : post.sections()) {
      outline.append("\n- ").append(section.heading()).append(": ").append(gist(section.body()));
    }
    return outline.append("\n- ").append(gist(post.conclusion())).toString();
  }

  /** What the last part of an article is called in {@code language}. */
  public static String closingHeading(Language language) {
    return ClosingHeading.in(language).orElse("Conclusion");
  }

  private static String gist(String text) {
    return Cut.toLength(text.replaceAll("[#*_>\\s]+", " ").strip(), MAX_LINE);
  }
}
