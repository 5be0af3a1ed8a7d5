package io.contentcrew.bench;

import java.util.List;
import java.util.OptionalLong;

/**
 * What one round came to.
 *
 * @param tokens that arrived
 * @param whole streams of which every token arrived, once and in order, and which ended well
 * @param tokensPerSecond from the start of the flow to the last token
 * @param p50 milliseconds from the writing of a token to its arrival
 * @param p99 likewise
 * @param cpuMicros time on processors for each token: of the service, or, for the baseline, of the
 *     two ends
 * @param peakMemoryKib of the service
 * @param failures of streams, each told once
 */
record Figures(
    int streams,
    long tokens,
    long whole,
    double tokensPerSecond,
    double p50,
    double p99,
    double cpuMicros,
    OptionalLong peakMemoryKib,
    List<String> failures) {
  Figures {
    failures = List.copyOf(failures);
  }
}
