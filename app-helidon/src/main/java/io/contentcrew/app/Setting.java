package io.contentcrew.app;

import java.util.Optional;

/**
 * A setting that the environment may give.
 *
 * @param name of the environment variable
 * @param group under which it is shown
 * @param fallback what counts when it is not given; empty if nothing does
 * @param kind how its text is read
 * @param secret whether its value must never be shown; it may then be given in a file too, by
 *     {@code NAME_FILE}
 * @param help what it does, in a sentence or two
 */
record Setting(
    String name, Group group, Optional<String> fallback, Kind kind, boolean secret, String help) {
  /** Where settings are shown together. */
  enum Group {
    COMPOSE("Only for docker-compose.yml, whose servers have no default password"),
    SERVICE("The service"),
    STORES("Where things are kept"),
    MODELS("The models that write"),
    JOBS("Jobs and their streams"),
    ACCOUNTS("Accounts"),
    MAIL("Mail"),
    PROVIDERS("Identity providers"),
    PAYMENTS("Payments");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** How the text of a setting is read. */
  enum Kind {
    TEXT("text"),
    CHOICE("one of the names given"),
    NUMBER("whole number"),
    DECIMAL("number"),
    DURATION("500ms, 15s, 10m, 12h, 7d, or ISO 8601"),
    FLAG("true or false"),
    DATE("day, such as 2027-06-30"),
    URL("http:// or https:// address"),
    URLS("http:// or https:// addresses, parted by commas"),
    ORIGINS("https://host, or https://host:port, parted by commas"),
    ADDRESSES("addresses or ranges such as 10.0.0.0/8, parted by commas"),
    DATABASE("postgresql://user:password@host:port/database"),
    REDIS("redis://host:port, or rediss:// for TLS"),
    LIST("one or several, parted by commas"),
    PRICES("tier.month=id or tier.year=id, parted by commas"),
    FILE("path");

    private final String form;

    Kind(String form) {
      this.form = form;
    }

    String form() {
      return form;
    }
  }

  static Setting of(String name, Group group, Kind kind, String fallback, String help) {
    return new Setting(name, group, Optional.of(fallback), kind, false, help);
  }

  static Setting optional(String name, Group group, Kind kind, String help) {
    return new Setting(name, group, Optional.empty(), kind, false, help);
  }

  static Setting secret(String name, Group group, Kind kind, String help) {
    return new Setting(name, group, Optional.empty(), kind, true, help);
  }
}
