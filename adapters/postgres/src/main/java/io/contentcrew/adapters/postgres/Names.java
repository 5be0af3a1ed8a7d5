package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Origin;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.generation.Tone;
import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.WebhookInbox;

/** What the names mean that are stored for the words of the domain. */
final class Names {
  private Names() {}

  static Format format(String name) {
    return Format.ofWireName(name).orElseThrow(() -> Json.unreadable("format"));
  }

  static Task task(String name) {
    return Task.ofWireName(name).orElseThrow(() -> Json.unreadable("task"));
  }

  static TaskState taskState(String name) {
    return TaskState.ofWireName(name).orElseThrow(() -> Json.unreadable("state"));
  }

  static JobStatus status(String name) {
    return JobStatus.ofWireName(name).orElseThrow(() -> Json.unreadable("status"));
  }

  static Tone tone(String name) {
    return Tone.ofWireName(name).orElseThrow(() -> Json.unreadable("tone"));
  }

  static Length length(String name) {
    return Length.ofWireName(name).orElseThrow(() -> Json.unreadable("length"));
  }

  static Finding.Severity severity(String name) {
    return Finding.Severity.ofWireName(name).orElseThrow(() -> Json.unreadable("severity"));
  }

  static Origin origin(String name) {
    return Origin.ofWireName(name).orElseThrow(() -> Json.unreadable("origin"));
  }

  static AccountState accountState(String name) {
    return switch (name) {
      case "active" -> AccountState.ACTIVE;
      case "disabled" -> AccountState.DISABLED;
      case "deleted" -> AccountState.DELETED;
      default -> throw Json.unreadable("state of an account");
    };
  }

  static ApiScope apiScope(String name) {
    return ApiScope.find(name).orElseThrow(() -> Json.unreadable("scope"));
  }

  static SecurityEvent.Kind securityEvent(String name) {
    return named(name, SecurityEvent.Kind.values(), "security event");
  }

  static BillingLedger.Kind billing(String name) {
    return named(name, BillingLedger.Kind.values(), "row of the books");
  }

  static WebhookInbox.State webhook(String name) {
    return named(name, WebhookInbox.State.values(), "state of a delivery");
  }

  /** The one of that name. */
  static <E extends Enum<E>> E named(String name, E[] all, String what) {
    for (E one : all) {
      if (one.name().equals(name)) {
        return one;
      }
    }
    throw Json.unreadable(what);
  }
}
