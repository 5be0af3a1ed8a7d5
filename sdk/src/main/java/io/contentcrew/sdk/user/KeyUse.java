package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.ApiKeyId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Transactions;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Notes when API keys are used, for each once a minute: it is read by people. */
final class KeyUse {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.user");
  private static final Duration SELDOM = Duration.ofMinutes(1);
  private static final int MANY = 10_000;

  private final Transactions transactions;
  private final Map<ApiKeyId, Instant> noted = new ConcurrentHashMap<>();

  KeyUse(Transactions transactions) {
    this.transactions = transactions;
  }

  void note(ApiKeyId key, Instant now) {
    Instant earlier = noted.get(key);
    if (earlier != null && now.isBefore(earlier.plus(SELDOM))) {
      return;
    }
    if (noted.size() > MANY) {
      noted.clear(); // then they are noted a little more often
    }
    noted.put(key, now);
    try {
      transactions.inTransaction(
          stores -> {
            stores.apiKeys().used(key, now);
            return true;
          });
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "That a key was used is not noted: {0}", e.getMessage());
    }
  }
}
