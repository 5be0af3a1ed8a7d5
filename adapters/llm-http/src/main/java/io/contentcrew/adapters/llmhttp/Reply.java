package io.contentcrew.adapters.llmhttp;

import java.time.Duration;
import java.util.Optional;

/**
 * An answer of a server in one piece.
 *
 * @param contentType in lower case, empty when there was none
 * @param body the beginning of it, where it is very long
 * @param retryAfter when the server wants to be asked again, where it says so
 */
public record Reply(int status, String contentType, String body, Optional<Duration> retryAfter) {}
