package io.contentcrew.app;

import io.contentcrew.app.AdminCommand.Work;
import io.contentcrew.app.AdminOptions.BadUsage;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox.Entry;
import io.contentcrew.ports.subscription.WebhookInbox.Query;
import io.contentcrew.ports.subscription.WebhookInbox.State;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Result;
import io.contentcrew.sdk.subscription.InspectWebhooks;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code admin webhooks}. */
final class AdminWebhooks {
  private static final int PAGE = 20;
  private static final int MOST = 1_000;
  private static final int PAGE_OF_DEAD = 1_000;
  private static final List<PaymentProviderName> PROVIDERS =
      List.of(PaymentProviderName.STRIPE, PaymentProviderName.PAYSTACK, PaymentProviderName.TEST);

  private AdminWebhooks() {}

  // ---- looking

  static Work list(AdminOptions options) throws BadUsage {
    return list(options, options.value("--state", AdminWebhooks::state));
  }

  static Work dead(AdminOptions options) throws BadUsage {
    return list(options, Optional.of(State.DEAD));
  }

  private static Work list(AdminOptions options, Optional<State> state) throws BadUsage {
    options.words(0, 0, "no words, only options");
    Query query = query(options, state, options.number("--limit", PAGE, MOST));
    return (crew, out) -> {
      InspectWebhooks inbox = crew.billing().inspectWebhooks();
      List<Entry> page = inbox.page(query);
      Map<State, Long> counts = inbox.counts();
      if (options.isJson()) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("data", page.stream().map(AdminWebhooks::view).toList());
        view.put("counts", counts(counts));
        AdminText.json(out, view);
      } else {
        if (!page.isEmpty()) {
          out.printf(
              "%-36s  %-27s  %-8s %-40s %-6s %s%n",
              "id", "received", "provider", "type", "state", "what became of it");
        }
        page.forEach(entry -> out.println(line(entry)));
        String all =
            counts(counts).entrySet().stream()
                .map(of -> of.getValue() + " " + of.getKey())
                .collect(Collectors.joining(", "));
        out.println(page.size() + " shown; in all: " + all);
      }
      return 0;
    };
  }

  private static State state(String name) {
    for (State state : State.values()) {
      if (word(state).equals(name)) {
        return state;
      }
    }
    throw new IllegalArgumentException("it is one of due, parked, done, dead");
  }

  private static PaymentProviderName provider(String name) {
    PaymentProviderName provider = new PaymentProviderName(name);
    if (!PROVIDERS.contains(provider)) {
      throw new IllegalArgumentException("it is one of stripe, paystack, test");
    }
    return provider;
  }

  private static Query query(AdminOptions options, Optional<State> state, int limit)
      throws BadUsage {
    return new Query(
        options.value("--provider", AdminWebhooks::provider),
        state,
        options.value("--type"),
        Optional.empty(),
        limit);
  }

  private static Map<String, Long> counts(Map<State, Long> counts) {
    Map<String, Long> view = new LinkedHashMap<>();
    for (State state : List.of(State.DUE, State.PARKED, State.DEAD)) {
      view.put(word(state), counts.getOrDefault(state, 0L));
    }
    return view;
  }

  private static String line(Entry entry) {
    return "%s  %-27s  %-8s %-40s %-6s tried %d, came %d  %s"
        .formatted(
            entry.id(),
            entry.receivedAt(),
            entry.provider(),
            entry.type(),
            word(entry.state()),
            entry.attempts(),
            entry.deliveries(),
            entry.note().orElse(""));
  }

  private static Map<String, @Nullable Object> view(Entry entry) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", entry.id().toString());
    view.put("provider", entry.provider().value());
    view.put("key", entry.key());
    view.put("type", entry.type());
    view.put("api_version", entry.apiVersion().orElse(null));
    view.put("customer", entry.customer().orElse(null));
    view.put("provider_time", time(entry.providerTime()));
    view.put("received_at", entry.receivedAt().toString());
    view.put("state", word(entry.state()));
    view.put("attempts", entry.attempts());
    view.put("deliveries", entry.deliveries());
    view.put("next_at", time(entry.nextAt()));
    view.put("note", entry.note().orElse(null));
    view.put("settled_at", time(entry.settledAt()));
    return view;
  }

  static Work show(AdminOptions options) throws BadUsage {
    WebhookId id = id(options.words(1, 1, "the id of one webhook").getFirst());
    return (crew, out) -> {
      Optional<Entry> found = crew.billing().inspectWebhooks().find(id);
      if (found.isEmpty()) {
        return nothing(options, out, id);
      }
      Map<String, @Nullable Object> view = view(found.get());
      if (options.has("--body") && options.isJson()) {
        body(view, found.get().body());
      }
      if (options.isJson()) {
        AdminText.json(out, view);
      } else {
        AdminText.lines(out, view);
        if (options.has("--body")) {
          out.println();
          out.writeBytes(found.get().body());
          out.println();
        }
      }
      return 0;
    };
  }

  /** As text where it is one; bytes that are none must not be changed by showing them. */
  private static void body(Map<String, @Nullable Object> view, byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      view.put("body", text);
    } catch (CharacterCodingException e) {
      view.put("body_base64", Base64.getEncoder().encodeToString(body));
    }
  }

  private static WebhookId id(String text) throws BadUsage {
    try {
      return new WebhookId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new BadUsage("An id is a UUID; admin webhooks list shows them.");
    }
  }

  private static int nothing(AdminOptions options, PrintStream out, WebhookId id) {
    AdminText.say(out, options.isJson(), "error", "there is no webhook " + id);
    return 1;
  }

  // ---- applying again

  static Work replay(AdminOptions options) throws BadUsage {
    if (!options.has("--dead")) {
      if (options.has("--dry-run")
          || options.value("--provider").isPresent()
          || options.value("--type").isPresent()) {
        throw new BadUsage("--dry-run, --provider and --type go with --dead.");
      }
      WebhookId id = id(options.words(1, 1, "the id of one webhook, or --dead").getFirst());
      return (crew, out) -> replay(options, crew.billing().inspectWebhooks(), id, out);
    }
    options.words(0, 0, "either an id or --dead");
    Query query = query(options, Optional.of(State.DEAD), PAGE_OF_DEAD);
    return (crew, out) -> {
      InspectWebhooks inbox = crew.billing().inspectWebhooks();
      List<Entry> dead = all(inbox, query);
      return options.has("--dry-run")
          ? wouldReplay(options, dead, out)
          : replay(options, inbox, dead, out);
    };
  }

  /** All there are now, the earliest first, as they would have been applied. */
  static List<Entry> all(InspectWebhooks inbox, Query first) {
    List<Entry> all = new ArrayList<>();
    List<Entry> page = inbox.page(first);
    while (!page.isEmpty()) {
      all.addAll(page);
      page =
          inbox.page(
              new Query(
                  first.provider(),
                  first.state(),
                  first.type(),
                  Optional.of(page.getLast().id()),
                  first.limit()));
    }
    return all.reversed();
  }

  private static int wouldReplay(AdminOptions options, List<Entry> dead, PrintStream out) {
    if (options.isJson()) {
      AdminText.json(out, Map.of("would_replay", dead.stream().map(AdminWebhooks::view).toList()));
    } else {
      dead.forEach(entry -> out.println(line(entry)));
      out.println(dead.size() + " would be applied again.");
    }
    return 0;
  }

  private static int replay(
      AdminOptions options, InspectWebhooks inbox, WebhookId id, PrintStream out) {
    return inbox
        .find(id)
        .map(entry -> replay(options, inbox, List.of(entry), out))
        .orElseGet(() -> nothing(options, out, id));
  }

  private static int replay(
      AdminOptions options, InspectWebhooks inbox, List<Entry> entries, PrintStream out) {
    List<Map<String, Object>> results = new ArrayList<>();
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    for (Entry entry : entries) {
      Optional<Result> result = inbox.replay(entry.id());
      fates.merge(result.map(Fate::of).orElse(Fate.DUE), 1, Integer::sum);
      String became =
          result
              .map(AdminWebhooks::word)
              .orElse("due for a service that knows the provider " + entry.provider());
      results.add(Map.of("id", entry.id().toString(), "result", became));
      if (!options.isJson()) {
        out.println(entry.id() + "  " + entry.type() + ": " + became);
      }
    }
    if (options.isJson()) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("replayed", results);
      for (Fate fate : Fate.values()) {
        view.put(word(fate), fates.getOrDefault(fate, 0));
      }
      AdminText.json(out, view);
    } else {
      out.println(results.size() + " replayed: " + told(fates));
    }
    return fates.containsKey(Fate.DEAD) || fates.containsKey(Fate.DUE) ? 1 : 0;
  }

  private static String told(Map<Fate, Integer> fates) {
    return Stream.of(Fate.values())
        .filter(fate -> fate != Fate.DUE || fates.containsKey(fate))
        .map(fate -> fates.getOrDefault(fate, 0) + " " + fate.said)
        .collect(Collectors.joining(", "));
  }

  /** What has become of what was replayed, so far as it matters to whoever did it. */
  private enum Fate {
    /** It is done, whatever there was to do. */
    APPLIED("applied"),
    PARKED("parked"),
    DEAD("dead again"),
    DUE("to be tried again");

    private final String said;

    Fate(String said) {
      this.said = said;
    }

    static Fate of(Result result) {
      return switch (result) {
        case APPLIED, STALE, REPEATED, IGNORED -> APPLIED;
        case PARKED -> PARKED;
        case POSTPONED -> DUE;
        case DEAD -> DEAD;
      };
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
