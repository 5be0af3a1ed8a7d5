package io.contentcrew.adapters.oauth;

import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import java.net.URI;
import java.net.http.HttpRequest;

/** Asks a provider about the one who was given a token. */
final class Api {
  private final Remote remote;
  private final Refusals refusals;

  Api(Remote remote) {
    this.remote = remote;
    this.refusals = new Refusals(remote);
  }

  /** A good answer about the bearer of the token. */
  Http.Reply get(String what, URI url, String token, String accept) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Accept", accept)
            .header("Authorization", "Bearer " + token)
            .header("User-Agent", UserAgent.NAME)
            .build();
    Http.Reply reply = remote.send(what, request);
    if (reply.isOk()) {
      return reply;
    }
    if (reply.status() == 401) {
      throw new RefusedException(
          "%s does not take its own token, asked for %s".formatted(remote.name(), what));
    }
    throw isHurried(reply) ? remote.unavailable(what, reply) : refusals.of(what, reply);
  }

  /** GitHub says 403 to those who ask too much, too. */
  private static boolean isHurried(Http.Reply reply) {
    return reply.status() == 403
        && (reply.headers().firstValue("Retry-After").isPresent()
            || reply.headers().firstValue("X-RateLimit-Remaining").orElse("").equals("0"));
  }
}
