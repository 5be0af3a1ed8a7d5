/**
 * What the adapters of model servers share: endpoints, gate, breaker, timers, retry before the
 * first token, and a way to read streams that costs little. For those adapters, not for
 * applications; applications see {@link io.contentcrew.adapters.llmhttp.LlmHttpConfig} only.
 */
@NullMarked
package io.contentcrew.adapters.llmhttp;

import org.jspecify.annotations.NullMarked;
