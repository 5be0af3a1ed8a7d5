package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Seals;
import io.contentcrew.testkit.SealsContract;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HmacSealsTest extends SealsContract {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final Secret NEW_KEY = Secret.of("fedcba9876543210fedcba9876543210");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static SecurityConfig config() {
    return SecurityConfig.of(Secret.of(KEY));
  }

  private static Seals seals(SecurityConfig config) {
    return SecurityAdapter.open(config).seals();
  }

  @Override
  protected Seals seals() {
    return seals(config());
  }

  @Override
  protected Seals sealsElsewhere() {
    return seals(config().withIssuer("elsewhere"));
  }

  @Override
  protected Seals sealsAfterAChangeOfKey() {
    return seals(SecurityConfig.of(NEW_KEY).withPreviousKeys(List.of(Secret.of(KEY))));
  }

  @Override
  protected Seals sealsOfAnother() {
    return seals(SecurityConfig.of(NEW_KEY));
  }

  /** Computed elsewhere: seals must outlive releases. */
  @Test
  void seals_stay_what_they_are() {
    assertThat(seals().seal("cookie", "text \u00E9 \uD83D\uDD10"))
        .isEqualTo("MPA-Z4LnmPtGWF5EDbGxYnaxHSG1q8kkXozqWFeiHjI");
  }

  @Test
  void any_of_several_keys_before_may_have_made_a_seal() {
    Secret third = Secret.of("third".repeat(8));
    Seals now = seals(SecurityConfig.of(third).withPreviousKeys(List.of(NEW_KEY, Secret.of(KEY))));

    assertThat(now.isGenuine("p", "t", seals().seal("p", "t"))).isTrue();
    assertThat(now.isGenuine("p", "t", sealsOfAnother().seal("p", "t"))).isTrue();
    assertThat(now.seal("p", "t")).isEqualTo(seals(SecurityConfig.of(third)).seal("p", "t"));
  }

  @Test
  void a_seal_signs_no_token_and_a_token_seals_nothing() {
    SecurityAdapter security = SecurityAdapter.open(config());
    String token =
        security
            .accessTokens()
            .issue(
                new Session(
                    new SessionId(UUID.randomUUID()),
                    new UserId(UUID.randomUUID()),
                    NOW,
                    NOW.plusSeconds(60),
                    ""))
            .reveal();
    String signed = token.substring(0, token.lastIndexOf('.'));
    String signature = token.substring(token.lastIndexOf('.') + 1);

    for (String purpose : new String[] {"", "access+jwt", "contentcrew seals", signed, "HS256"}) {
      String forged = signed + "." + security.seals().seal(purpose, signed);
      assertThat(security.accessTokens().read(forged, NOW)).isEmpty();
      assertThat(security.seals().isGenuine(purpose, signed, signature)).isFalse();
    }
    assertThat(security.accessTokens().read(token, NOW)).isPresent();
  }

  @Test
  void no_seal_is_a_mac_under_the_key_itself() {
    for (String text : new String[] {"text", "contentcrew seals", "contentcrew key id", ""}) {
      assertThat(seals().seal("", text)).isNotEqualTo(Jwt.mac("HmacSHA256", text, KEY));
      assertThat(seals().isGenuine("", text, Jwt.mac("HmacSHA256", text, KEY))).isFalse();
    }
  }
}
