package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.TextGeneratorContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
