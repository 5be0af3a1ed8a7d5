package io.contentcrew.app;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What each module of the house may use, in allow-lists: a name that is misspelt here forbids too
 * much and is noticed, where a misspelt name in a deny-list would allow for ever.
 *
 * <p>The lists hang below a root package, so that the rules made from them can also be tried on
 * samples that break them.
 */
final class Modules {
  private static final List<String> LANGUAGE =
      List.of(
          "java.lang",
          "java.lang.annotation",
          "java.lang.invoke",
          "java.lang.runtime",
          "java.util",
          "java.util.concurrent..",
          "java.util.function",
          "java.util.regex",
          "java.util.stream",
          "java.time..",
          "org.jspecify.annotations");
  private static final List<String> TEXT = List.of("java.nio", "java.nio.charset", "java.text");
  private static final List<String> FILES =
      List.of("java.io", "java.nio.channels", "java.nio.file..");
  private static final List<String> JACKSON = List.of("com.fasterxml.jackson..");

  private final String root;

  /**
   * One of them.
   *
   * @param packages its own, with those below
   * @param mayUse packages of others
   * @param shown the names of the public types, where only those are for others to see; empty where
   *     every module may have what public types it likes
   */
  record Module(String name, String packages, List<String> mayUse, Set<String> shown) {
    String[] all() {
      return Stream.concat(Stream.of(packages), mayUse.stream()).toArray(String[]::new);
    }
  }

  Modules(String root) {
    this.root = root;
  }

  List<Module> all() {
    return Stream.concat(inner(), adapters()).toList();
  }

  private Stream<Module> inner() {
    List<String> contracts = own("domain..", "ports..");
    return Stream.of(
        module("domain", List.of(LANGUAGE, TEXT, List.of("java.io", "java.net", "java.security"))),
        module("ports", List.of(LANGUAGE, List.of("java.io", "java.net"), own("domain.."))),
        module(
            "sdk",
            List.of(
                LANGUAGE,
                TEXT,
                FILES,
                List.of("java.security", "java.net", "java.util.zip"),
                JACKSON,
                contracts)),
        module(
            "testkit",
            List.of(
                LANGUAGE,
                TEXT,
                List.of("java.io", "java.net", "java.security", "javax.crypto.."),
                JACKSON,
                List.of("org.junit.jupiter.api..", "org.assertj.core.."),
                contracts)),
        module(
            "app",
            List.of(
                LANGUAGE,
                TEXT,
                FILES,
                List.of(
                    "java.math", "java.net", "java.security", "java.util.logging", "java.util.zip"),
                JACKSON,
                List.of(
                    "com.google.common.net",
                    "com.google.common.primitives",
                    "io.helidon..",
                    "io.micrometer.."),
                contracts,
                own("sdk..", "adapters.."))));
  }

  Stream<Module> adapters() {
    return Stream.of(
        adapter(
            "memory",
            Set.of(
                "MemoryStorage",
                "MemoryStorageProvider",
                "MemoryRateLimiter",
                "MemoryContentCache",
                "MemoryTierCache",
                "OfflineWriter",
                "TestPayments"),
            List.of(
                TEXT,
                List.of("java.io", "java.net", "java.security", "javax.crypto.."),
                List.of("com.google.common.base", "com.google.common.cache"),
                List.of("io.github.bucket4j.."))),
        adapter(
            "postgres",
            Set.of("PostgresAdapter", "PostgresConfig"),
            List.of(
                TEXT,
                FILES,
                List.of("java.net", "java.security", "java.sql", "javax.sql"),
                JACKSON,
                List.of(
                    "com.github.kagkarlsson.scheduler..",
                    "com.zaxxer.hikari..",
                    "org.flywaydb.core..",
                    "org.flywaydb.database.postgresql",
                    "org.jdbi.v3.core..",
                    "org.postgresql.."))),
        adapter(
            "redis",
            Set.of("RedisAdapter", "RedisConfig"),
            List.of(
                TEXT,
                FILES,
                List.of("java.net", "java.security", "java.security.cert", "javax.net.ssl"),
                JACKSON,
                List.of("io.lettuce.core..", "io.netty.util.concurrent"))),
        adapter(
            "embeddedpostgres",
            Set.of("EmbeddedPostgres", "EmbeddedPostgresConfig"),
            List.of(
                TEXT,
                FILES,
                List.of("java.lang.management", "java.net", "java.security", "java.sql"),
                List.of("java.util.jar", "org.apache.commons.compress..", "org.tukaani.xz"),
                List.of("org.postgresql.ds.."))),
        adapter(
            "llmhttp",
            // what ollama and openai, the two dialects, are written with
            Set.of(
                "Answer",
                "AnswerException",
                "Dialect",
                "Endpoint",
                "LineDecoder",
                "LlmHttp",
                "LlmHttpConfig",
                "ModelList",
                "Refusals",
                "Reply",
                "UnusableException"),
            List.of(
                TEXT, List.of("java.io", "java.net", "javax.net"), List.of("okhttp3..", "okio.."))),
        adapter("ollama", Set.of("OllamaAdapter", "OllamaConfig"), dialect()),
        adapter("openai", Set.of("OpenAiAdapter", "OpenAiConfig"), dialect()),
        adapter(
            "oauth",
            Set.of("OAuthAdapter", "OAuthConfig"),
            List.of(
                TEXT,
                List.of("java.io", "java.net..", "java.security", "javax.crypto.."),
                List.of(
                    "com.nimbusds.jose..",
                    "com.nimbusds.jwt..",
                    "com.nimbusds.oauth2.sdk..",
                    "com.nimbusds.openid.connect.sdk.."))),
        adapter("stripe", Set.of("StripeAdapter", "StripeConfig"), payments()),
        adapter("paystack", Set.of("PaystackAdapter", "PaystackConfig"), payments()),
        adapter(
            "export",
            Set.of("ExportAdapter", "ExportConfig"),
            List.of(
                TEXT,
                List.of("java.io", "java.math", "java.net", "java.util.zip"),
                List.of("org.commonmark.."),
                List.of(
                    "org.apache.poi.ooxml",
                    "org.apache.poi.openxml4j..",
                    "org.apache.poi.xwpf.usermodel",
                    "org.apache.xmlbeans..",
                    "org.openxmlformats.schemas.."))),
        adapter(
            "mail",
            Set.of("MailAdapter", "MailConfig"),
            List.of(
                TEXT,
                FILES,
                List.of("java.net", "java.security..", "java.util.logging", "javax.net.."),
                List.of("jakarta.mail..", "jakarta.activation..", "org.eclipse.angus.."))),
        adapter(
            "security",
            Set.of("SecurityAdapter", "SecurityConfig"),
            List.of(
                TEXT,
                List.of("java.io", "java.security..", "javax.crypto.."),
                List.of("at.favre.lib.crypto.bcrypt", "com.fasterxml.jackson.core.."))));
  }

  private static List<List<String>> payments() {
    return List.of(
        TEXT,
        List.of("java.io", "java.net..", "java.security", "javax.crypto.."),
        List.of("okhttp3..", "okio.."),
        JACKSON);
  }

  private List<List<String>> dialect() {
    return List.of(TEXT, List.of("java.io", "java.net"), JACKSON, own("adapters.llmhttp"));
  }

  private Module module(String name, List<List<String>> mayUse) {
    return new Module(name, root + "." + name + "..", joined(mayUse), Set.of());
  }

  private Module adapter(String name, Set<String> shown, List<List<String>> mayUse) {
    List<String> all = joined(List.of(LANGUAGE, own("domain..", "ports.."), joined(mayUse)));
    return new Module("adapters." + name, root + ".adapters." + name + "..", all, shown);
  }

  private static List<String> joined(List<List<String>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  private List<String> own(String... packages) {
    return Stream.of(packages).map(name -> root + "." + name).toList();
  }
}
