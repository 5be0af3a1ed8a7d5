package io.contentcrew.adapters.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A script that runs within Redis, as one step for all who watch. */
final class Script {
  private final byte[] text;
  private final String digest;

  private Script(byte[] text) {
    this.text = text;
    try {
      digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM knows SHA-1", e);
    }
  }

  /** The script of that name among the resources. */
  static Script named(String name) {
    try (InputStream stream = Script.class.getResourceAsStream(name + ".lua")) {
      if (stream == null) {
        throw new AssertionError("the script " + name + " is missing in the jar");
      }
      return new Script(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the script " + name + " cannot be read from the jar", e);
    }
  }

  /**
   * Runs it on one key; its text is sent only to a Redis that does not know it yet.
   *
   * @return the list of whole numbers that all our scripts return
   */
  List<Long> run(Link link, byte[] key, Object... arguments) {
    byte[][] keys = {key};
    byte[][] values = new byte[arguments.length][];
    for (int i = 0; i < arguments.length; i++) {
      values[i] = String.valueOf(arguments[i]).getBytes(StandardCharsets.UTF_8);
    }
    return link.ask(
        redis ->
            redis
                .<List<Long>>evalsha(digest, ScriptOutputType.MULTI, keys, values)
                .exceptionallyCompose(
                    e ->
                        e instanceof RedisNoScriptException
                            ? redis.<List<Long>>eval(text, ScriptOutputType.MULTI, keys, values)
                            : CompletableFuture.failedFuture(e)));
  }
}
