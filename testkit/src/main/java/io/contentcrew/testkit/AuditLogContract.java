package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.AuditLog;
import io.contentcrew.ports.user.AuditLog.Numbered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} keeps to. */
public abstract class AuditLogContract extends StorageHarness {
  /** For subclasses. */
  protected AuditLogContract() {}

  private SecurityEvent append(SecurityEvent event) {
    run(stores -> stores.audit().append(event));
    return event;
  }

  private List<Numbered> listed(UserId user, long after, int limit) {
    return in(stores -> stores.audit().list(user, after, limit));
  }

  private List<SecurityEvent> events(UserId user) {
    return listed(user, 0, 100).stream().map(Numbered::event).toList();
  }

  @Test
  void events_of_every_kind_are_listed_as_they_were_added() {
    UserId user = givenUser().id();
    List<SecurityEvent> added = new ArrayList<>();
    for (SecurityEvent.Kind kind : SecurityEvent.Kind.values()) {
      added.add(
          append(
              new SecurityEvent(
                  kind,
                  Optional.of(user),
                  clock.instant(),
                  Map.of("kind", kind.name(), "odd", "\u0141 \"' \uD83D\uDD8B"))));
    }
    added.add(
        append(
            new SecurityEvent(
                SecurityEvent.Kind.SIGNED_IN, Optional.of(user), Fixtures.NOW, Map.of())));
    assertThat(events(user)).isEqualTo(added);
  }

  @Test
  void events_have_the_order_in_which_they_were_added_whatever_their_time_is() {
    UserId user = givenUser().id();
    SecurityEvent late = at(user, 9);
    SecurityEvent early = at(user, 1);
    append(late);
    append(early);
    assertThat(events(user)).containsExactly(late, early);
  }

  private static SecurityEvent at(UserId user, int seconds) {
    return new SecurityEvent(
        SecurityEvent.Kind.SIGNED_IN,
        Optional.of(user),
        Fixtures.NOW.plusSeconds(seconds),
        Map.of());
  }

  @Test
  void an_account_has_its_own_events_and_no_others() {
    UserId user = givenUser().id();
    UserId other = givenUser().id();
    append(
        new SecurityEvent(
            SecurityEvent.Kind.SIGN_IN_REFUSED, Optional.empty(), Fixtures.NOW, Map.of()));
    SecurityEvent mine = append(at(user, 1));
    SecurityEvent theirs = append(at(other, 2));
    assertThat(events(user)).containsExactly(mine);
    assertThat(events(other)).containsExactly(theirs);
    assertThat(events(Fixtures.aUserId())).isEmpty();
  }

  @Test
  void the_account_need_not_exist() {
    UserId nobody = Fixtures.aUserId();
    SecurityEvent event = append(Fixtures.aSecurityEvent(nobody));
    assertThat(events(nobody)).containsExactly(event);
  }

  @Test
  void events_are_listed_in_pages() {
    UserId user = givenUser().id();
    List<SecurityEvent> added = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      added.add(append(at(user, i)));
      append(Fixtures.aSecurityEvent(Fixtures.aUserId()));
    }
    List<SecurityEvent> read = new ArrayList<>();
    long last = 0;
    for (int size : new int[] {2, 2, 1, 0}) {
      List<Numbered> page = listed(user, last, 2);
      assertThat(page).hasSize(size);
      for (Numbered numbered : page) {
        assertThat(numbered.number()).isGreaterThan(last);
        last = numbered.number();
        read.add(numbered.event());
      }
    }
    assertThat(read).isEqualTo(added);
  }

  @Test
  void events_that_are_added_together_have_different_numbers_and_none_is_lost() {
    UserId user = givenUser().id();
    Race.of(16, number -> append(at(user, number)));
    List<Numbered> all = listed(user, 0, 100);
    assertThat(all).hasSize(16);
    assertThat(all).extracting(Numbered::number).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void events_stay_when_their_account_is_erased() {
    UserId user = givenUser().id();
    SecurityEvent event = append(Fixtures.aSecurityEvent(user));
    boolean erased =
        in(
            stores -> {
              stores.users().delete(user, Fixtures.NOW);
              return stores.users().erase(user);
            });
    assertThat(erased).isTrue();
    assertThat(events(user)).containsExactly(event);
  }
}
