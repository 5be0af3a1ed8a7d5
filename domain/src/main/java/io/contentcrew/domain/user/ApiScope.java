package io.contentcrew.domain.user;

import java.util.Arrays;
import java.util.Optional;

/** What an API key may be used for. The account itself is never in an API key's reach. */
public enum ApiScope {
  /** Reading jobs, their streams and their pieces, and what is left of the quotas. */
  CONTENT_READ("content:read"),
  /** Submitting, cancelling and deleting jobs. */
  CONTENT_WRITE("content:write");

  private final String wireName;

  ApiScope(String wireName) {
    this.wireName = wireName;
  }

  /** How it is written in requests and stores. */
  public String wireName() {
    return wireName;
  }

  /** The scope of that name. */
  public static Optional<ApiScope> find(String wireName) {
    return Arrays.stream(values()).filter(scope -> scope.wireName.equals(wireName)).findFirst();
  }
}
