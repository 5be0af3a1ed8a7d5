package io.contentcrew.app.badhouse.sdk;

/** The ways to what the process was told. */
final class ReadsTheEnvironment {
  String variable() {
    return System.getenv("HOME");
  }

  String property() {
    return System.getProperty("user.home");
  }

  boolean flag() {
    return Boolean.getBoolean("flag");
  }
}
