package io.contentcrew.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.tier.TierId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "llama3.2:1b",
        "registry.example.com/team/model:tag",
        "model@sha256:0123abcd",
        "gpt-4o-mini",
        "Qwen/Qwen2.5-0.5B_Instruct"
      })
  void names_as_servers_write_them_are_kept(String name) {
    assertThat(new ModelName(name).toString()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".a", ":a", "a b", "a\n", "a\u0000", "\u00E9", "a?b", "a#b", "a'b", "-a"})
  void other_names_are_refused_without_being_repeated(String name) {
    assertThatThrownBy(() -> new ModelName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 200");
  }

  @Test
  void a_name_has_two_hundred_characters_at_most() {
    assertThat(new ModelName("m".repeat(200)).value()).hasSize(200);
    assertThatThrownBy(() -> new ModelName("m".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void engines_and_tiers_are_named_in_lower_case() {
    assertThat(new EngineName("offline").toString()).isEqualTo("offline");
    assertThat(new TierId("team_plan-2").toString()).isEqualTo("team_plan-2");
    for (String wrong : new String[] {"", "A", "1a", "a b", "a\n", "\u00E9", "x".repeat(33)}) {
      assertThatThrownBy(() -> new EngineName(wrong)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new TierId(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
