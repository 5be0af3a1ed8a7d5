package io.contentcrew.sdk.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TierFileTest {
  @Test
  void the_standard_tiers_are_those_of_the_design() {
    TierCatalog tiers = TierFile.standard();
    assertThat(tiers.tiers())
        .extracting(tier -> tier.id().value())
        .containsExactly("free", "basic", "pro", "enterprise");
    Tier free = tiers.free();
    assertThat(free.limits().allowance(Format.BLOG)).isEqualTo(Allowance.of(10));
    assertThat(free.limits().allowance(Format.VIDEO)).isEqualTo(Allowance.of(5));
    assertThat(free.limits().activeJobs()).isEqualTo(2);
    assertThat(free.model().value()).isEqualTo("llama3.2:1b");
    Tier pro = tiers.find(new TierId("pro")).orElseThrow();
    assertThat(pro.limits().allowance(Format.AUDIO)).isEqualTo(Allowance.unlimited());
    assertThat(pro.priority()).isTrue();
    assertThat(pro.price().orElseThrow().monthly()).isEqualTo(2999);
    assertThat(tiers.find(new TierId("enterprise")).orElseThrow().price()).isEmpty();
  }

  @Test
  void every_problem_is_told_at_once_with_its_place() {
    String yaml =
        TierFile.standardText()
            .replace("blog: 10, social: 10", "blog: -1, social: lots")
            .replace("parallel_tasks: 1", "paralel_tasks: 1");
    assertThatThrownBy(() -> TierFile.parse(yaml, "mine.yaml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("mine.yaml: ")
        .hasMessageContaining("tiers.free.monthly.blog must be a whole number from 0, or unlimited")
        .hasMessageContaining("tiers.free.monthly.social")
        .hasMessageContaining("tiers.free.paralel_tasks is not known")
        .hasMessageContaining("tiers.free.parallel_tasks must be a whole number");
  }

  @Test
  void there_must_be_a_free_tier() {
    assertThatThrownBy(
            () -> TierFile.parse(TierFile.standardText().replace("  free:", "  gratis:"), "x"))
        .hasMessageContaining("free");
  }

  @Test
  void what_is_no_yaml_is_told() {
    assertThatThrownBy(() -> TierFile.parse("tiers: [", "x")).hasMessageContaining("no YAML");
    assertThatThrownBy(() -> TierFile.parse("a: 1\na: 2", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TierFile.parse("", "x")).hasMessageContaining("map called tiers");
  }

  @Test
  void a_file_that_is_not_there_is_told_by_name() {
    assertThatThrownBy(() -> TierFile.read(Path.of("nowhere", "tiers.yaml")))
        .hasMessageContaining("tiers.yaml");
  }
}
