package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.PasswordPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A model may answer with 40 kB of anything, and a user may send it: nothing may take more than
 * linear time for it or recurse with its length. A pattern that backtracks would take minutes.
 */
class LongInputTest {
  private static final int LENGTH = 40_000;

  /** Pieces have many fields and are looked at in many ways: together that is as much. */
  private static final int LENGTH_OF_A_FIELD = 2_000;

  /** Far more than any case takes on a busy machine, far less than quadratic time would. */
  private static final long MOST_SECONDS = 20;

  private static final Map<String, Consumer<String>> DOORS = doors();

  static Stream<String> doorNames() {
    return DOORS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("doorNames")
  void long_texts_of_any_kind_pass_in_good_time_and_on_a_small_stack(String door)
      throws InterruptedException {
    boolean piece = Character.isLowerCase(door.charAt(0));
    for (String text : Texts.hostile(piece ? LENGTH_OF_A_FIELD : LENGTH)) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread =
          new Thread(
              null,
              () -> {
                try {
                  DOORS.get(door).accept(text);
                } catch (Throwable e) {
                  thrown.set(e);
                }
              },
              "small stack",
              256 * 1024);
      thread.setDaemon(true);
      thread.start();
      thread.join(TimeUnit.SECONDS.toMillis(MOST_SECONDS));
      assertThat(thread.isAlive()).as("%s still runs on %s", door, Texts.shown(text)).isFalse();
      assertThat(thrown.get()).as("%s of %s", door, Texts.shown(text)).isNull();
    }
  }

  private static Map<String, Consumer<String>> doors() {
    Map<String, Consumer<String>> doors = new LinkedHashMap<>();
    doors.put("FreeText.clean", FreeText::clean);
    doors.put("Words.of", Words::of);
    doors.put("Words.count", Words::count);
    doors.put("XText.weightedLength", XText::weightedLength);
    doors.put("XText.fit", text -> XText.fit(text.substring(0, text.length() / 4), 280));
    doors.put("Cut.toLength", text -> Cut.toLength(text, ArtifactChecks.MAX_LINKEDIN));
    doors.put("Cut.endsSentence", Cut::endsSentence);
    doors.put("ArticleMarkdown.parse", ArticleMarkdown::parse);
    doors.put("MarkdownText.plain", MarkdownText::plain);
    doors.put("PostSplit.of", text -> PostSplit.of(text, Network.X));
    doors.put("ClosingHeading.matches", ClosingHeading::matches);
    doors.put("TextChecks.degenerate", text -> TextChecks.degenerate("x", text, list()));
    doors.put("TextChecks.leaks", text -> TextChecks.leaks("x", text, "", text, list()));
    doors.put("TextChecks.links", text -> TextChecks.withoutInventedLinks(text, ""));
    doors.put("TextChecks.links known", text -> TextChecks.withoutInventedLinks(text, text));
    doors.put("TextChecks.numbers", text -> TextChecks.unverifiedNumbers(text, text, list()));
    doors.put(
        "LanguageCheck.check", text -> LanguageCheck.check("x", text, Language.ENGLISH, list()));
    doors.put("Brief.about", text -> brief(text));
    doors.put("TopicCheck.check", text -> TopicCheck.check("x", text, brief(text), list()));
    doors.put("article", text -> checked(ArtifactRepair.article(text, "").artifact(), text));
    doors.put("blog", text -> repaired(new BlogPost(text, text, sections(text), text), text));
    doors.put(
        "social",
        text ->
            repaired(
                new SocialPosts(text, text, text, text, List.of(text, "#" + text), text), text));
    doors.put(
        "audio",
        text ->
            repaired(
                new AudioScript(text, List.of(new AudioScript.Segment(text, text)), text, text),
                text));
    doors.put(
        "video",
        text ->
            repaired(
                new VideoScript(text, List.of(new VideoScript.Scene(text, text, text)), text),
                text));
    doors.put("EmailAddress", EmailAddress::parse);
    doors.put(
        "PasswordPolicy",
        text -> PasswordPolicy.standard().objection(text, new EmailAddress("a@example.com"), text));
    doors.put("Language", Language::parse);
    doors.put("JobId", JobId::parse);
    doors.put("ModelName", text -> refused(() -> new ModelName(text)));
    doors.put("EngineName", text -> refused(() -> new EngineName(text)));
    doors.put("Format", Format::ofWireName);
    return doors;
  }

  private static List<Finding> list() {
    return new ArrayList<>();
  }

  private static List<BlogPost.Section> sections(String text) {
    return List.of(new BlogPost.Section(text, text));
  }

  /** The brief with as much of the text as a topic may have, if that is a topic at all. */
  private static Brief brief(String text) {
    String clean = FreeText.clean(text);
    int end = clean.offsetByCodePoints(0, Math.min(FreeText.length(clean), Brief.MAX_TOPIC));
    String topic = FreeText.clean(clean.substring(0, end));
    return Brief.about(topic.isEmpty() ? "x" : topic).withFormats(Format.BLOG, Format.SOCIAL);
  }

  private static void repaired(Artifact artifact, String text) {
    checked(artifact, text);
    checked(ArtifactRepair.of(artifact, "").artifact(), text);
  }

  private static void checked(Artifact artifact, String text) {
    Optional<String> original = Optional.of(text);
    ArtifactChecks.of(artifact, new ArtifactChecks.Context(brief(text), text, text, original));
    ArtifactMarkdown.of(artifact, Language.ENGLISH);
    Measures.of(artifact);
  }

  private static void refused(Runnable constructor) {
    try {
      constructor.run();
    } catch (IllegalArgumentException documented) {
      assertThat(documented).hasMessageNotContaining("\u0000");
    }
  }
}
