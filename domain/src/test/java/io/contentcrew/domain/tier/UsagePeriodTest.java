package io.contentcrew.domain.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Entitlement;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsagePeriodTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:15:30Z, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
    "2026-11-01T00:00:00Z, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
    "2026-11-30T23:59:59.999999999Z, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
    "2026-12-31T23:59:59Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "2028-02-29T12:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
    "1969-12-31T23:59:59Z, 1969-12-01T00:00:00Z, 1970-01-01T00:00:00Z"
  })
  void a_calendar_month_goes_from_its_first_day_to_the_next_months_in_utc(
      Instant now, Instant start, Instant end) {
    assertThat(UsagePeriod.calendarMonth(now)).isEqualTo(new UsagePeriod(start, end));
  }

  @Test
  void every_instant_lies_in_exactly_one_month() {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      Instant now = Instant.ofEpochSecond(random.nextLong(0, 32_503_680_000L));
      UsagePeriod month = UsagePeriod.calendarMonth(now);
      assertThat(month.contains(now)).as("%s, seed %s", now, seed).isTrue();
      assertThat(UsagePeriod.calendarMonth(month.end()).start()).isEqualTo(month.end());
      assertThat(month.contains(month.end())).isFalse();
      assertThat(month.contains(month.start())).isTrue();
      assertThat(month.contains(month.start().minusNanos(1))).isFalse();
    }
  }

  @Test
  void a_period_ends_after_it_starts() {
    Instant now = Instant.parse("2026-11-22T10:15:30Z");

    assertThatThrownBy(() -> new UsagePeriod(now, now)).hasMessageContaining("end after");
    assertThatThrownBy(() -> new UsagePeriod(now, now.minusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void usage_counts_in_the_billing_period_while_it_lasts_and_in_the_month_after() {
    UsagePeriod billing =
        new UsagePeriod(
            Instant.parse("2026-11-10T00:00:00Z"), Instant.parse("2026-12-10T00:00:00Z"));
    Entitlement entitlement = new Entitlement(new TierId("pro"), Optional.of(billing));

    assertThat(entitlement.usagePeriod(Instant.parse("2026-11-22T00:00:00Z"))).isEqualTo(billing);
    for (String outside : new String[] {"2026-12-10T00:00:00Z", "2026-11-09T23:59:59Z"}) {
      Instant now = Instant.parse(outside);
      assertThat(entitlement.usagePeriod(now)).isEqualTo(UsagePeriod.calendarMonth(now));
    }
    assertThat(Entitlement.free().tier()).isEqualTo(TierId.FREE);
    assertThat(Entitlement.free().usagePeriod(billing.start()))
        .isEqualTo(UsagePeriod.calendarMonth(billing.start()));
  }

  @Test
  void all_of_a_guests_stay_is_one_period() {
    Instant came = Instant.parse("2026-01-31T23:59:59Z");
    UsagePeriod stay = UsagePeriod.ofGuest(came);
    assertThat(stay.contains(came)).isTrue();
    assertThat(stay.contains(came.plus(UsagePeriod.LONGEST_STAY))).isTrue();
    assertThat(stay.monthAt(came.plus(UsagePeriod.LONGEST_STAY))).isEqualTo(stay);
  }
}
