package io.contentcrew.app;

import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.ports.tier.RateLimiter.Decision;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** Counts requests, says in each answer what is left, and ends those that are too many. */
final class Rates {
  private final RateLimiter limiter;

  Rates(RateLimiter limiter) {
    this.limiter = limiter;
  }

  /**
   * Counts a request.
   *
   * @param policy what is counted, in small letters
   * @param key whose requests are counted
   * @param refusal what to tell those whose request is one too many
   */
  void spend(ServerResponse response, String policy, String key, Rate rate, String refusal) {
    Decision decision = limiter.acquire(policy + ":" + key, rate);
    show(response, policy, decision);
    check(decision, refusal);
  }

  /**
   * Likewise, but only those are told what is left for whom nothing is: where it tells strangers
   * what somebody else has done.
   */
  void spendUnseen(ServerResponse response, String policy, String key, Rate rate, String refusal) {
    Decision decision = limiter.acquire(policy + ":" + key, rate);
    if (!decision.allowed()) {
      show(response, policy, decision);
    }
    check(decision, refusal);
  }

  private static void show(ServerResponse response, String policy, Decision decision) {
    new RateLimitHeaders(
            policy,
            decision.rate().limit(),
            decision.rate().per(),
            decision.remaining(),
            decision.resetAfter(),
            decision.allowed() ? Optional.empty() : Optional.of(decision.retryAfter()))
        .addTo(response.headers());
  }

  private static void check(Decision decision, String refusal) {
    if (!decision.allowed()) {
      throw Problem.of(Problem.Code.RATE_LIMITED, refusal)
          .retryAfter(decision.retryAfter())
          .asException();
    }
  }

  /** Gives a request back that turned out not to count. */
  void giveBack(String policy, String key, Rate rate) {
    limiter.giveBack(policy + ":" + key, rate);
  }
}
