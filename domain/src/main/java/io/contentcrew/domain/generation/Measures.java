package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What can be counted of a piece, for its reader to see.
 *
 * <p>Of an article all is counted that its reader reads; of a script what is heard; of posts what
 * is posted. That is each post's own text: the hashtags and the call to action are there beside the
 * posts, for the reader to add, and count nowhere, neither here nor in {@link ArtifactChecks} nor
 * as {@link ArtifactMarkdown} shows them.
 *
 * @param words as {@link Words#count} counts them, and as {@link ArtifactChecks} tells them
 * @param characters code points, of an article without the marks of Markdown
 * @param seconds how long it takes to read an article at {@link #READING_WORDS_PER_MINUTE}, or to
 *     speak a script at {@link Length#SPOKEN_WORDS_PER_MINUTE}; empty for posts
 * @param headings of an article or an audio script, in order
 * @param posts one for each network, of posts only
 */
public record Measures(
    int words, int characters, OptionalInt seconds, List<Heading> headings, List<Post> posts) {
  /**
   * Words that are read in a minute: the mean of 190 studies of silent reading in English (M.
   * Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109, 2019).
   */
  public static final int READING_WORDS_PER_MINUTE = 238;

  /** A heading; the title of the piece would be level 1, its parts are level 2. */
  public record Heading(int level, String text) {}

  /**
   * A post as its network sees it.
   *
   * @param count its length as the network counts
   * @param limit what it may count
   * @param foldAt code points that are seen before "more"; empty if all of it is
   * @param parts the post, in as many posts as it takes for each to fit; one where it fits. They
   *     are not numbered: whoever numbers them takes characters of each, and networks show a thread
   *     in its order. Together they say what the post says, but for white space at the cuts
   */
  public record Post(
      Network network, int count, int limit, OptionalInt foldAt, List<String> parts) {
    public Post {
      parts = List.copyOf(parts);
    }

    static Post of(Network network, String text) {
      int count = network.count(text);
      boolean folds =
          network.foldAt().isPresent() && FreeText.length(text) > network.foldAt().getAsInt();
      return new Post(
          network,
          count,
          network.limit(),
          folds ? network.foldAt() : OptionalInt.empty(),
          count <= network.limit() ? List.of(text) : PostSplit.of(text, network));
    }
  }

  public Measures {
    headings = List.copyOf(headings);
    posts = List.copyOf(posts);
  }

  /** The measures of a piece. Deterministic. */
  public static Measures of(Artifact artifact) {
    return switch (artifact) {
      case BlogPost post -> blog(post);
      case SocialPosts posts -> social(posts);
      case AudioScript script -> audio(script);
      case VideoScript script -> spoken(script.spokenText(), List.of());
    };
  }

  private static Measures blog(BlogPost post) {
    String text = post.plainText();
    int words = Words.count(text);
    return new Measures(
        words,
        FreeText.length(MarkdownText.plain(text)),
        OptionalInt.of(seconds(words, READING_WORDS_PER_MINUTE)),
        post.sections().stream().flatMap(Measures::headings).toList(),
        List.of());
  }

  private static Stream<Heading> headings(BlogPost.Section section) {
    return Stream.concat(
        Stream.of(new Heading(2, section.heading())),
        MarkdownText.headings(section.body()).stream());
  }

  private static Measures social(SocialPosts posts) {
    String text =
        String.join(
            "\n\n", Arrays.stream(Network.values()).map(network -> posts.post(network)).toList());
    return new Measures(
        Words.count(text),
        Arrays.stream(Network.values())
            .mapToInt(network -> FreeText.length(posts.post(network)))
            .sum(),
        OptionalInt.empty(),
        List.of(),
        Arrays.stream(Network.values())
            .map(network -> Post.of(network, posts.post(network)))
            .toList());
  }

  private static Measures audio(AudioScript script) {
    return spoken(
        script.spokenText(),
        script.sections().stream().map(part -> new Heading(2, part.heading())).toList());
  }

  private static Measures spoken(String text, List<Heading> headings) {
    int words = Words.count(text);
    return new Measures(
        words,
        FreeText.length(text),
        OptionalInt.of(seconds(words, Length.SPOKEN_WORDS_PER_MINUTE)),
        headings,
        List.of());
  }

  private static int seconds(int words, int perMinute) {
    return (int) Math.ceilDiv(words * 60L, perMinute);
  }
}
