package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {
  @Test
  void holes_are_filled_and_values_stay_as_they_are() {
    PromptTemplate template =
        PromptTemplate.parse("t", "version: 3\nDear {{name}}, {{name}}: {{what}}!");
    assertThat(template.fill(Map.of("name", "{{what}}", "what", "hi")))
        .isEqualTo("Dear {{what}}, {{what}}: hi!");
    assertThat(template.version()).isEqualTo("t@3");
  }

  @Test
  void a_missing_or_unused_value_is_a_fault() {
    PromptTemplate template = PromptTemplate.parse("t", "version: 1\n{{a}}");
    assertThatThrownBy(() -> template.fill(Map.of())).hasMessageContaining("missing [a]");
    assertThatThrownBy(() -> template.fill(Map.of("a", "1", "b", "2")))
        .hasMessageContaining("unused [b]");
  }

  @Test
  void a_template_without_a_version_is_a_fault() {
    assertThatThrownBy(() -> PromptTemplate.parse("t", "hello")).hasMessageContaining("version");
  }
}
