/** Text from Ollama. */
@NullMarked
package io.contentcrew.adapters.ollama;

import org.jspecify.annotations.NullMarked;
