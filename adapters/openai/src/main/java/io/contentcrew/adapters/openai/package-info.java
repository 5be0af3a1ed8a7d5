/** Text from servers that speak OpenAI's chat completions. */
@NullMarked
package io.contentcrew.adapters.openai;

import org.jspecify.annotations.NullMarked;
