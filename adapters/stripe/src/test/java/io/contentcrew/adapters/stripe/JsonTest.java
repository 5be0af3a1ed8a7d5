package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void the_names_that_strangers_choose_are_not_kept() {
    String name = "x" + UUID.randomUUID();
    String interned = name.intern();

    String first = onlyName(name);

    assertThat(first).isEqualTo(name).isNotSameAs(interned);
    assertThat(onlyName(name)).isNotSameAs(first);
  }

  private static String onlyName(String name) {
    String object = "{\"" + name + "\":1}";
    return Json.parse(object.getBytes(StandardCharsets.UTF_8)).fieldNames().next();
  }
}
