package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Finding.Severity;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.testkit.Fixtures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptsTest {
  private static final BlogPost POST =
      new BlogPost(
          "Tea at work",
          "An introduction.",
          List.of(
              new BlogPost.Section(
                  "First", "A body that is not in the digest " + "word ".repeat(100))),
          "The end.");

  private static Prompts prompts(Brief brief) {
    Job job = Fixtures.aJob(Fixtures.aUserId(), brief);
    return new Prompts(job);
  }

  @Test
  void user_text_stands_fenced_in_the_users_part_and_never_in_the_rules() {
    Brief brief =
        Brief.about("CANARYTOPIC").withAudience("CANARYAUDIENCE").withBrandVoice("CANARYVOICE");
    for (Prompt prompt :
        List.of(
            prompts(brief).research(),
            prompts(brief).write("CANARYNOTES"),
            prompts(brief).edit("CANARYDRAFT"))) {
      assertThat(prompt.system()).doesNotContain("CANARY");
      assertThat(prompt.user())
          .containsPattern("<<<TOPIC [0-9a-f]{10}\nCANARYTOPIC\n[0-9a-f]{10} TOPIC>>>");
      assertThat(prompt.user()).containsPattern("<<<AUDIENCE [0-9a-f]{10}\nCANARYAUDIENCE");
    }
    assertThat(prompts(brief).write("n").user())
        .containsPattern("<<<VOICE [0-9a-f]{10}\nCANARYVOICE");
  }

  @Test
  void specialists_begin_alike_so_that_servers_can_reuse_what_they_have_read() {
    Prompts prompts = prompts(Fixtures.aFullBrief());
    String social = prompts.specialist(Task.SOCIAL, "- note", Optional.of(POST)).user();
    String video = prompts.specialist(Task.VIDEO, "- note", Optional.of(POST)).user();
    int common = 0;
    while (social.charAt(common) == video.charAt(common)) {
      common++;
    }
    assertThat(social.substring(0, common))
        .contains("Tea at work")
        .contains("- note")
        .contains("ARTICLE>>>");
    assertThat(social).doesNotContain("word ".repeat(60));
  }

  @Test
  void only_the_short_formats_have_a_schema_and_it_stays_within_what_grammars_can_hold() {
    Prompts prompts = prompts(Fixtures.aFullBrief());
    assertThat(prompts.research().schema()).isEmpty();
    assertThat(prompts.write("n").schema()).isEmpty();
    assertThat(prompts.edit("d").schema()).isEmpty();
    for (Format format : List.of(Format.SOCIAL, Format.AUDIO, Format.VIDEO)) {
      Prompt prompt = prompts.specialist(Task.valueOf(format.name()), "n", Optional.empty());
      String schema = prompt.schema().orElseThrow().json();
      assertThat(schema)
          .doesNotContain("minLength")
          .doesNotContain("pattern")
          .doesNotContain("anyOf");
      assertThat(schema.split("maxLength", -1).length).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void every_prompt_names_its_version_and_its_room() {
    Prompt prompt = prompts(Fixtures.aBrief()).research();
    assertThat(prompt.version()).isEqualTo("research@1");
    assertThat(prompt.maxTokens()).isGreaterThanOrEqualTo(800);
    Prompt japanese = prompts(Fixtures.aBrief().withLanguage(new Language("ja"))).write("n");
    assertThat(japanese.maxTokens())
        .isGreaterThan(prompts(Fixtures.aBrief()).write("n").maxTokens());
    assertThat(japanese.user()).contains("Write in Japanese");
  }

  @Test
  void asking_again_names_what_was_wrong_and_throws_other_dice() {
    Prompt prompt = prompts(Fixtures.aBrief()).research();
    Prompt again =
        Prompts.again(prompt, List.of(new Finding(Severity.FATAL, "x", "Say it in words.")));
    assertThat(again.user()).startsWith(prompt.user()).contains("- Say it in words.");
    assertThat(again.sampling().seed()).isPresent().isNotEqualTo(prompt.sampling().seed());
  }
}
