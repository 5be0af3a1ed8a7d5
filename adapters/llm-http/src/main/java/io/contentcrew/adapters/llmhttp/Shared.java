package io.contentcrew.adapters.llmhttp;

import java.util.Collection;
import java.util.List;
import okhttp3.OkHttpClient;

/**
 * What all calls of a generator share.
 *
 * @param secrets what must not be in a message
 */
record Shared(
    LlmHttpConfig config,
    Dialect dialect,
    OkHttpClient client,
    Watch watch,
    ReadPacing pacing,
    Pool pool,
    Collection<String> secrets) {
  Shared {
    secrets = List.copyOf(secrets);
  }
}
