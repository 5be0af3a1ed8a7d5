package io.contentcrew.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final UserId ID =
      new UserId(UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd"));
  private static final EmailAddress EMAIL = new EmailAddress("a@example.com");

  private static User named(String name) {
    return User.of(ID, EMAIL, name, NOW);
  }

  @Test
  void a_name_is_kept_without_the_blanks_around_it() {
    assertThat(named("  Ada \u5F20 \uD83D\uDE00\t").name()).isEqualTo("Ada \u5F20 \uD83D\uDE00");
    assertThat(named("x".repeat(100)).name()).hasSize(100);
    assertThat(User.isName("  " + "x".repeat(100) + "\t")).isTrue();
  }

  @Test
  void a_name_has_something_to_show_and_no_control_characters() {
    for (String wrong : new String[] {"", " \n", "x".repeat(101), "a\nb", "a\u0000b", "a\u0085b"}) {
      assertThat(User.isName(wrong)).isFalse();
      assertThatThrownBy(() -> named(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 100");
    }
  }

  @Test
  void a_session_expires_after_it_begins() {
    SessionId id = new SessionId(ID.value());

    assertThat(new Session(id, ID, NOW, NOW.plusNanos(1), "").userId()).isEqualTo(ID);
    assertThatThrownBy(() -> new Session(id, ID, NOW, NOW, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_id_of_a_session_does_not_show_itself_and_that_of_a_user_does() {
    Session session =
        new Session(
            new SessionId(ID.value()), new UserId(new UUID(1, 2)), NOW, NOW.plusSeconds(1), "");

    assertThat(session.toString()).doesNotContain(ID.value().toString());
    assertThat(ID.toString()).isEqualTo(ID.value().toString());
  }
}
