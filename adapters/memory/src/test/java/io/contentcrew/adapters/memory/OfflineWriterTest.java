package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.TextGeneratorContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineWriterTest extends TextGeneratorContract {
  private static final double A_WORD_A_MINUTE = 1 / 60.0;

  @Override
  protected TextGenerator talkative() {
    return OfflineWriter.at(0);
  }

  @Override
  protected TextGenerator lingering() {
    return OfflineWriter.at(4);
  }

  @Override
  protected TextGenerator silent() {
    return OfflineWriter.at(A_WORD_A_MINUTE);
  }

  @Test
  void it_says_that_it_is_a_demo_and_names_no_model_of_others() throws Exception {
    TextGenerator writer = OfflineWriter.create();
    assertThat(writer.isDemo()).isTrue();
    ModelName model = writer.modelFor(new ModelName("llama3.1:70b"));
    assertThat(model).isEqualTo(new ModelName("offline-sample"));
    assertThat(writer.generate(prompt().withMaxTokens(1), piece -> {}).model()).isEqualTo(model);
  }

  @Test
  void the_same_brief_gives_the_same_text_and_another_one_another() {
    String text = OfflineWriterAnswers.text(Task.WRITE, Brief.about("Rain barrels"));
    assertThat(OfflineWriterAnswers.text(Task.WRITE, Brief.about("Rain barrels"))).isEqualTo(text);
    assertThat(OfflineWriterAnswers.text(Task.WRITE, Brief.about("Night buses")))
        .isNotEqualTo(text)
        .contains("Night buses");
  }

  @ParameterizedTest
  @EnumSource(names = {"EDIT", "SOCIAL", "AUDIO", "VIDEO"})
  void another_seed_gives_another_text_in_every_part_that_a_reader_looks_at_first(Task task) {
    for (String topic : List.of("Rain barrels", "Night buses", "x", "Tea")) {
      for (Length length : Length.values()) {
        for (String language : List.of("en", "es", "fr", "de")) {
          Brief brief = Brief.about(topic).withLength(length).withLanguage(new Language(language));
          for (int version = 1; version < 4; version++) {
            List<String> before = openings(task, brief, version - 1);
            List<String> after = openings(task, brief, version);
            for (int i = 0; i < after.size(); i++) {
              assertThat(after.get(i)).isNotEqualTo(before.get(i));
            }
          }
        }
      }
    }
  }

  private static List<String> openings(Task task, Brief brief, int version) {
    Prompt plain = OfflineWriterAnswers.prompt(task, brief);
    Prompt prompt = version == 0 ? plain : plain.withSampling(plain.sampling().withSeed(version));
    return switch (OfflineWriterAnswers.artifact(task, OfflineWriterAnswers.text(prompt))) {
      case Artifact.BlogPost post -> List.of(post.title(), post.plainText());
      case Artifact.SocialPosts posts ->
          List.of(posts.x(), posts.linkedin(), posts.facebook(), posts.instagram());
      case Artifact.AudioScript script -> List.of(script.introHook());
      case Artifact.VideoScript script -> List.of(script.hook());
    };
  }

  @Test
  void a_text_that_may_not_be_that_long_is_cut_and_says_so() throws Exception {
    List<String> pieces = new ArrayList<>();
    Completion whole = talkative().generate(prompt(), piece -> {});
    Completion cut =
        talkative().generate(prompt().withMaxTokens(whole.tokens().output() - 1), pieces::add);
    assertThat(whole.finish()).isEqualTo(Completion.Finish.STOP);
    assertThat(cut.finish()).isEqualTo(Completion.Finish.LENGTH);
    assertThat(pieces).hasSize(whole.tokens().output() - 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.NEGATIVE_INFINITY})
  void a_pace_that_is_none_is_refused(double pace) {
    assertThatThrownBy(() -> OfflineWriter.at(pace))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 means without a pause");
  }
}
