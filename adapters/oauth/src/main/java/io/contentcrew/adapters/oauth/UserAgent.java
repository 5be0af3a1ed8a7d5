package io.contentcrew.adapters.oauth;

/** What we are called; GitHub answers nobody who does not say. */
final class UserAgent {
  static final String NAME = "content-creation-crew";

  private UserAgent() {}
}
