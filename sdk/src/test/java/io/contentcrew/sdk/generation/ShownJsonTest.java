package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ShownJsonTest {
  private static final String VIDEO =
      """
      Sure! ```json
      {"hook": "Look\\n\\"here\\"", "scenes": [{"narration": "One \\u00e9 \\ud83c\\udf75", "visual_cue": "A kettle",
       "on_screen_text": "Hot"}, {"narration": "Two", "visual_cue": "A cup", "on_screen_text": "Tea"}],
       "conclusion": "Drink {it} [now]"} and more "text"
      """;

  private static final String SHOWN =
      """
      ## Hook

      Look
      "here"

      ## Scene 1

      One \u00e9 \uD83C\uDF75

      - Picture: A kettle
      - On screen: Hot

      ## Scene 2

      Two

      - Picture: A cup
      - On screen: Tea

      ## Closing

      Drink {it} [now]\
      """;

  @Test
  void values_are_shown_under_headings_by_their_keys() {
    assertThat(new ShownJson().feed(VIDEO)).isEqualTo(SHOWN);
  }

  @RepeatedTest(20)
  void it_does_not_matter_where_the_answer_is_cut(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    ShownJson json = new ShownJson();
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < VIDEO.length(); ) {
      int end = Math.min(VIDEO.length(), i + 1 + random.nextInt(5));
      shown.append(json.feed(VIDEO.substring(i, end)));
      i = end;
    }
    assertThat(shown.toString()).as("seed %d", info.getCurrentRepetition()).isEqualTo(SHOWN);
  }

  @Test
  void a_text_comes_out_as_it_grows() {
    ShownJson json = new ShownJson();
    assertThat(json.feed("{\"x\": \"Hel")).isEqualTo("## X\n\nHel");
    assertThat(json.feed("lo")).isEqualTo("lo");
    assertThat(json.feed("\", \"hashtags\": [\"#a\", \"#b\"]}"))
        .isEqualTo("\n\n## Hashtags\n\n#a #b");
  }

  @Test
  void nonsense_is_left_out_and_breaks_nothing() {
    assertThat(new ShownJson().feed("no object here")).isEmpty();
    assertThat(new ShownJson().feed("{{{]]]::,,\"\\uZZZZ")).isNotNull();
  }
}
