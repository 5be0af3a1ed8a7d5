package io.contentcrew.adapters.oauth;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whose fault it is when a provider says no: the visitor's, the operator's, or its own. */
final class Refusals {
  private final Remote remote;

  Refusals(Remote remote) {
    this.remote = remote;
  }

  /**
   * What an answer means that is not what was asked for: 4xx, or 200 with an error in it, as
   * GitHub's are.
   */
  RuntimeException of(String what, Http.Reply reply) {
    Map<String, Object> answer = Json.object(reply.body()).orElse(Map.of());
    if (answer.get("error") instanceof Map<?, ?> graph) {
      return ofGraph(what, reply, graph);
    }
    return Json.text(answer, "error")
        .flatMap(code -> ofCode(what, reply, code))
        .orElseGet(() -> ofStatus(what, reply));
  }

  /** RFC 6749 section 5.2, and GitHub's own. */
  private Optional<RuntimeException> ofCode(String what, Http.Reply reply, String code) {
    return Optional.ofNullable(
        switch (code) {
          case "invalid_grant",
              "bad_verification_code",
              "redirect_uri_mismatch",
              "unverified_user_email",
              "access_denied" ->
              new RefusedException("%s refused the code: %s".formatted(remote.name(), code));
          case "invalid_client", "unauthorized_client", "incorrect_client_credentials" ->
              credentials(code);
          case "server_error", "temporarily_unavailable", "slow_down" ->
              remote.unavailable(what, reply);
          default -> null;
        });
  }

  /** Facebook's Graph API: 100 is about the code, 190 and 102 about the token that it gave. */
  private RuntimeException ofGraph(String what, Http.Reply reply, Map<?, ?> error) {
    long code = Json.whole(error, "code").orElse(-1L);
    if (Json.isTrue(error, "is_transient")) {
      return remote.unavailable(what, reply);
    }
    return switch ((int) code) {
      case 100, 102, 190 ->
          new RefusedException(
              "%s refused, asked for %s: error %d".formatted(remote.name(), what, code));
      case 1, 101 -> credentials("error " + code);
      case 2, 4, 17, 341 -> remote.unavailable(what, reply);
      default -> ofStatus(what, reply);
    };
  }

  private RuntimeException ofStatus(String what, Http.Reply reply) {
    return switch (reply.status()) {
      case 401 -> credentials("status 401");
      case 403, 404 ->
          new PortFailureException(
              "%s answered with status %d, asked for %s: check its addresses, client id and client secret, and what the application registered there may read"
                  .formatted(remote.name(), reply.status(), what),
              null);
      default -> nonsense(what, reply);
    };
  }

  private PortFailureException credentials(String why) {
    String names = remote.name().toUpperCase(Locale.ROOT);
    return new PortFailureException(
        "%s does not take the client id or the client secret (%s): check what is configured for it, as in %s_CLIENT_ID and %s_CLIENT_SECRET"
            .formatted(remote.name(), why, names, names),
        null);
  }

  /** An answer that makes no sense. */
  PortFailureException nonsense(String what, Http.Reply reply) {
    return new PortFailureException(
        "%s gave an answer that makes no sense, with status %d, asked for %s: check its addresses and how the application is registered there"
            .formatted(remote.name(), reply.status(), what),
        null);
  }
}
