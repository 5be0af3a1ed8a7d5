package io.contentcrew.app;

import io.contentcrew.sdk.generation.Engines.Choice;
import io.contentcrew.sdk.subscription.Billing;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person sees who starts the service: where it is, where its data is, and who writes. */
final class Banner {
  private Banner() {}

  static void print(AppConfig config, Service service, long nanos, PrintStream out) {
    String host = config.service().host();
    String shown = host.equals("0.0.0.0") || host.equals("127.0.0.1") ? "localhost" : host;
    String url = "http://" + shown + ":" + service.port();
    StringBuilder text = new StringBuilder();
    text.append("Content Creation Crew ").append(Version.text()).append(", ready in ");
    text.append(String.format(Locale.ROOT, "%.1f s%n", nanos / 1e9));
    line(text, "listening", url + " (API at " + url + "/docs)");
    line(text, "page", page(config, service, url));
    line(text, "data", service.wiring().storageDetail());
    config
        .stores()
        .redis()
        .ifPresent(
            redis -> line(text, "redis", redis.server().host() + ":" + redis.server().port()));
    line(text, "writer", writer(config, service));
    line(text, "payments", payments(service));
    if (config.service().env() == AppConfig.Env.DEV) {
      line(text, "mode", "dev; not for production");
      line(text, "stop", "Ctrl+C" + startingOver(config.stores()));
    }
    out.print(text);
    out.flush();
  }

  private static String page(AppConfig config, Service service, String url) {
    if (service.site().isBuilt()) {
      return url + "/";
    }
    return config.service().site().none()
        ? "none, as SITE_DIR says"
        : "none: the program was built without it, which takes Node 20.9 or later";
  }

  private static String startingOver(AppConfig.Stores stores) {
    boolean embedded = !stores.inMemory() && stores.databaseUrl().isEmpty();
    return embedded ? "; to start over, delete " + stores.dataDir() : "";
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-10s %s%n", name, value));
  }

  private static String payments(Service service) {
    String sellers =
        service.wiring().crew().billing().providers().stream()
            .filter(Billing.Offer::canSell)
            .map(Billing.Offer::displayName)
            .collect(Collectors.joining(", "));
    return sellers.isEmpty()
        ? "nothing is sold; give STRIPE_SECRET_KEY or PAYSTACK_SECRET_KEY, and what they sell"
        : sellers;
  }

  private static String writer(AppConfig config, Service service) {
    var model = service.wiring().crew().tiers().free().model();
    String where =
        config.models().ollama().stream()
            .map(Object::toString)
            .reduce((a, b) -> a + ", " + b)
            .orElse("");
    return switch (service.wiring().crew().engines().choose(model)) {
      case Choice.Chosen(var engine)
          when engine.demo()
              && config.models().provider() == AppConfig.Provider.OLLAMA_ELSE_OFFLINE ->
          "offline samples, marked demo, because no Ollama answers at "
              + where
              + "; start it and the next job uses it";
      case Choice.Chosen(var engine) when engine.demo() ->
          "offline samples, marked demo, because LLM_PROVIDER=offline";
      case Choice.Chosen(var engine) ->
          engine.name() + ", model " + engine.model() + " for the free tier";
      case Choice.ModelMissing(var missing, String remedy) ->
          "nobody yet: the model " + missing + " is not there. " + remedy;
      case Choice.Unavailable(String reason, var retryAfter) -> "nobody yet: " + reason;
    };
  }
}
