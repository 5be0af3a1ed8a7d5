package io.contentcrew.app;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.testkit.FakeOllama;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** The service in memory, on a free port, with a fake Ollama; each test has its own. */
abstract class ServiceHarness {
  static final String SECRET_KEY = "only-for-tests-0123456789-0123456789";

  /** All users of these tests come from one address. */
  static final Map<String, String> MANY_FROM_HERE =
      Map.of(
          "SIGN_UP_LIMIT", "1000000",
          "GUEST_LIMIT", "1000000",
          "LOGIN_LIMIT", "1000000",
          "LOGIN_FAILURE_LIMIT", "1000000",
          "LETTER_LIMIT", "1000000");

  final FakeOllama ollama =
      FakeOllama.start().having("llama3.2:1b", "llama3.2:3b", "llama3.1:8b", "llama3.1:70b");
  private Service service;

  /** Starts the service; further settings are given as names and values. */
  Client start(String... settings) {
    Map<String, String> variables = new HashMap<>();
    variables.put("STORAGE", "memory");
    variables.put("PORT", "0");
    variables.put("SITE_DIR", "none"); // whether or not one was built
    variables.put("BCRYPT_COST", "4");
    variables.put("SECRET_KEY", SECRET_KEY);
    variables.put("OLLAMA_BASE_URL", ollama.url().toString());
    variables.put("LLM_RETRIES", "0");
    variables.put("LLM_PARALLEL", "16");
    variables.putAll(MANY_FROM_HERE);
    for (int i = 0; i < settings.length; i += 2) {
      variables.put(settings[i], settings[i + 1]);
    }
    service = start(variables, ollama.url());
    return Client.of(service.port());
  }

  static Service start(Map<String, String> variables, URI usualOllama) {
    try {
      return Service.start(AppConfig.read(variables, usualOllama));
    } catch (AppConfig.Invalid e) {
      throw new IllegalArgumentException(e);
    }
  }

  Service service() {
    return service;
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
    ollama.close();
  }

  void grantPro(Client user) {
    UserId id = new UserId(UUID.fromString(user.get("/v1/auth/me").json().get("id").textValue()));
    service().wiring().crew().grantTier(id, new TierId("pro"));
  }
}
