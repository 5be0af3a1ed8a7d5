package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.AudioScript.Segment;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.generation.Artifact.VideoScript.Scene;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptChecksTest {
  private static final AudioScript AUDIO = Pieces.audio();
  private static final VideoScript VIDEO = Pieces.video();

  private static List<String> of(Artifact artifact) {
    return ArtifactChecks.of(artifact, Pieces.context()).stream()
        .map(finding -> finding.severity() + " " + finding.check())
        .distinct()
        .toList();
  }

  private static AudioScript audio(List<Segment> sections) {
    return new AudioScript(AUDIO.introHook(), sections, AUDIO.conclusion(), AUDIO.pacingNotes());
  }

  private static List<Segment> segments(int count, int words) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Segment("Part", Texts.words(words, 100 + i)))
        .toList();
  }

  private static VideoScript video(List<Scene> scenes) {
    return new VideoScript(VIDEO.hook(), scenes, VIDEO.conclusion());
  }

  private static List<Scene> scenes(int count, int words) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Scene(Texts.words(words, 200 + i), "A view.", "On screen"))
        .toList();
  }

  @Test
  void good_scripts_pass() {
    assertThat(of(AUDIO)).isEmpty();
    assertThat(of(VIDEO)).isEmpty();
  }

  @Test
  void an_audio_script_has_a_beginning_an_end_and_text_under_each_heading() {
    assertThat(of(new AudioScript(" ", AUDIO.sections(), AUDIO.conclusion(), "")))
        .containsExactly("FATAL field.empty");
    assertThat(of(new AudioScript(AUDIO.introHook(), AUDIO.sections(), "", "")))
        .containsExactly("FATAL field.empty");
    assertThat(
            of(audio(List.of(new Segment("One", Texts.words(100, 5)), new Segment("Two", "\n")))))
        .containsExactly("FATAL field.empty");
    assertThat(
            of(
                audio(
                    List.of(
                        new Segment("", Texts.words(50, 5)), new Segment("", Texts.words(50, 6))))))
        .isEmpty();
    assertThat(of(new AudioScript(AUDIO.introHook(), AUDIO.sections(), AUDIO.conclusion(), "")))
        .isEmpty();
  }

  @Test
  void an_audio_script_has_two_to_eight_sections() {
    assertThat(of(audio(segments(1, 100)))).containsExactly("FATAL audio.sections");
    assertThat(of(audio(segments(2, 50)))).isEmpty();
    assertThat(of(audio(segments(8, 15)))).isEmpty();
    assertThat(of(audio(segments(9, 12)))).containsExactly("FATAL audio.sections");
    assertThat(of(audio(List.of()))).contains("FATAL audio.sections");
  }

  @Test
  void a_script_takes_about_as_long_to_speak_as_was_asked() {
    assertThat(of(audio(segments(2, 17)))).containsExactly("WEAK audio.length"); // 40 and 34
    assertThat(of(audio(segments(2, 18)))).isEmpty(); // 76 of 150 words
    assertThat(of(audio(segments(2, 92)))).isEmpty();
    assertThat(of(audio(segments(2, 95)))).containsExactly("WEAK audio.length");
    assertThat(of(video(scenes(2, 17)))).containsExactly("WEAK video.length");
    assertThat(of(video(scenes(2, 18)))).isEmpty();
    assertThat(of(video(scenes(2, 95)))).containsExactly("WEAK video.length");
  }

  @Test
  void a_video_script_has_two_to_ten_scenes() {
    assertThat(of(video(scenes(1, 100)))).containsExactly("FATAL video.scenes");
    assertThat(of(video(scenes(10, 12)))).isEmpty();
    assertThat(of(video(scenes(11, 11)))).containsExactly("FATAL video.scenes");
  }

  @Test
  void every_scene_is_heard_seen_and_read() {
    String words = Texts.words(50, 300);
    Scene good = new Scene(Texts.words(50, 301), "A view.", "On screen");
    for (Scene wrong :
        List.of(
            new Scene(" ", "A view.", "On screen"),
            new Scene(words, "", "On screen"),
            new Scene(words, "A view.", "\n"))) {
      assertThat(of(video(List.of(good, wrong)))).containsExactly("FATAL field.empty");
    }
    assertThat(of(new VideoScript("", VIDEO.scenes(), VIDEO.conclusion())))
        .containsExactly("FATAL field.empty");
    assertThat(of(new VideoScript(VIDEO.hook(), VIDEO.scenes(), " ")))
        .containsExactly("FATAL field.empty");
  }

  @Test
  void twelve_words_stand_on_the_screen_at_most() {
    Scene good = new Scene(Texts.words(50, 301), "A view.", "On screen");
    String twelve = String.join(" ", Collections.nCopies(12, "word"));

    assertThat(of(video(List.of(good, new Scene(Texts.words(50, 302), "A view.", twelve)))))
        .isEmpty();
    assertThat(
            of(video(List.of(good, new Scene(Texts.words(50, 302), "A view.", twelve + " more")))))
        .containsExactly("FATAL video.on_screen_text");
    assertThat(
            of(
                video(
                    List.of(
                        good, new Scene(Texts.words(50, 302), "A view.", "\u4E2D".repeat(25))))))
        .containsExactly("FATAL video.on_screen_text");
  }

  @Test
  void what_holds_for_any_text_holds_for_scripts() {
    assertThat(
            of(new AudioScript("As an AI I greet you.", AUDIO.sections(), AUDIO.conclusion(), "")))
        .containsExactly("FATAL text.leak");
    assertThat(of(new VideoScript(VIDEO.hook(), VIDEO.scenes(), "It was 99% of all.")))
        .contains("NOTE text.unverified");
    assertThat(of(audio(Collections.nCopies(3, new Segment("Part", Texts.words(40, 1))))))
        .contains("FATAL text.degenerate");
  }
}
