package io.contentcrew.ports.user;

/**
 * What is kept of a password, in the format of the hasher that made it. It shows itself nowhere.
 */
public record PasswordHash(String value) {
  @Override
  public String toString() {
    return "PasswordHash[hidden]";
  }
}
