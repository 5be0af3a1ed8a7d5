package io.contentcrew.adapters.redis;

import io.contentcrew.adapters.redis.RedisConfig.Server;
import io.contentcrew.ports.PortUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what goes wrong with Redis into the one exception that the ports know for it. What Redis
 * itself says is left out but for its first word, as it repeats what it was sent, a password
 * included.
 */
final class Failures {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Pattern CODE = Pattern.compile("([A-Z]{2,20})\\b.*", Pattern.DOTALL);

  /**
   * What went wrong within a script stands somewhere behind ERR, and is in plain words at times.
   */
  private static final Pattern IN_SCRIPT = Pattern.compile("-(READONLY|OOM|NOPERM|MISCONF)\\b");

  private static final Pattern FORBIDDEN_IN_SCRIPT =
      Pattern.compile("user executing the script can't");

  private static final String NO_DATABASE = "NODATABASE";

  private final Server server;
  private final String prefix;

  Failures(RedisConfig config) {
    server = config.server();
    prefix = config.keyPrefix();
  }

  /** A connection could not be had. */
  PortUnavailableException noEntry(Throwable thrown) {
    String refusal = refusal(thrown);
    if (!refusal.isEmpty()) {
      return refused(refusal);
    }
    String where = server.address();
    if (find(thrown, UnknownHostException.class) != null) {
      return of("Redis: the host of %s is not known".formatted(where), thrown);
    }
    if (server.tls().isPresent()
        && (find(thrown, SSLException.class) != null
            || find(thrown, CertificateException.class) != null)) {
      return of(tls(where, thrown), thrown);
    }
    if (find(thrown, ConnectException.class) != null) {
      return of(
          "no Redis answers at %s: is it running, and are host and port right?".formatted(where),
          thrown);
    }
    return of(
        "Redis at %s did not let us connect: is it a Redis, does it answer, and is it right that"
                .formatted(where)
            + (server.tls().isPresent()
                ? " TLS was asked for?"
                : " no TLS (rediss:) was asked for?"),
        thrown);
  }

  /**
   * Whether lettuce does not tell why: about one in a hundred attempts that Redis refuses ends so,
   * when the connection is closed before lettuce has looked at what was said on it.
   */
  static boolean hidesWhy(Throwable thrown) {
    IllegalStateException missed = find(thrown, IllegalStateException.class);
    RedisConnectionException closed = innermost(thrown);
    return (missed != null && String.valueOf(missed.getMessage()).contains("RedisHandshakeHandler"))
        || (closed != null && String.valueOf(closed.getMessage()).contains("prematurely"));
  }

  private static @Nullable RedisConnectionException innermost(Throwable thrown) {
    RedisConnectionException found = find(thrown, RedisConnectionException.class);
    while (found != null && found.getCause() != null) {
      RedisConnectionException deeper = find(found.getCause(), RedisConnectionException.class);
      if (deeper == null) {
        break;
      }
      found = deeper;
    }
    return found;
  }

  private static String tls(String where, Throwable thrown) {
    return find(thrown, CertificateException.class) == null
        ? "Redis at %s does not speak TLS with us: is it its TLS port? (redis: is without TLS)"
            .formatted(where)
        : "the certificate of Redis at %s is not trusted, or is made out to another host: name the"
                .formatted(where)
            + " host that it is made out to, and the authority that signed it";
  }

  /** A command came back with an error, or not at all. */
  PortUnavailableException noAnswer(Throwable thrown) {
    String refusal = refusal(thrown);
    return refusal.isEmpty()
        ? of("the connection to Redis at %s was lost".formatted(server.address()), thrown)
        : refused(refusal);
  }

  PortUnavailableException tooSlow(Duration limit) {
    return of(
        "Redis at %s did not answer within %d ms".formatted(server.address(), limit.toMillis()),
        null);
  }

  PortUnavailableException notYet() {
    return of("no connection to Redis at %s yet".formatted(server.address()), null);
  }

  PortUnavailableException notHeard() {
    return of("the channel of signals at Redis %s is not heard".formatted(server.address()), null);
  }

  PortUnavailableException closed() {
    return of("the connection to Redis at %s was closed".formatted(server.address()), null);
  }

  PortUnavailableException interrupted() {
    return of(
        "interrupted while waiting for Redis at %s".formatted(server.address()),
        new InterruptedException());
  }

  /** The same once more, for somebody else: an exception belongs to one thread. */
  PortUnavailableException again(PortUnavailableException known) {
    return of(known.getMessage(), known.getCause());
  }

  private PortUnavailableException refused(String code) {
    String where = server.address();
    String user = server.user().orElse("default");
    return of(
        switch (code) {
          case "NOAUTH", "WRONGPASS" ->
              "Redis at %s does not let user %s in: check user and password".formatted(where, user);
          case "NOPERM" ->
              "Redis at %s forbids user %s a command, key or channel: it needs those below %s, and "
                      .formatted(where, user, prefix)
                  + "the commands that the documentation of RedisAdapter names";
          case "LOADING" -> "Redis at %s is still loading its data".formatted(where);
          case "OOM" -> "Redis at %s has no memory left".formatted(where);
          case "READONLY" -> "Redis at %s is a replica that cannot be written to".formatted(where);
          case NO_DATABASE -> "Redis at %s has no database %d".formatted(where, server.database());
          default -> "Redis at %s refused a command (%s)".formatted(where, code);
        },
        null);
  }

  /** The first word of what Redis said; empty if it said nothing. */
  static String refusal(Throwable thrown) {
    RedisCommandExecutionException answer = find(thrown, RedisCommandExecutionException.class);
    if (answer == null) {
      return "";
    }
    String message = String.valueOf(answer.getMessage());
    Matcher inScript = IN_SCRIPT.matcher(message);
    if (inScript.find()) {
      return inScript.group(1);
    }
    if (FORBIDDEN_IN_SCRIPT.matcher(message).find()) {
      return "NOPERM";
    }
    if (message.contains("DB index")) {
      return NO_DATABASE;
    }
    Matcher words = CODE.matcher(message);
    return words.matches() ? words.group(1) : "ERR";
  }

  private static PortUnavailableException of(String message, @Nullable Throwable thrown) {
    return new PortUnavailableException(message, own(thrown), LOOK_AGAIN);
  }

  /** The innermost cause that is the JDK's own: lettuce's and netty's types stay here. */
  private static @Nullable Throwable own(@Nullable Throwable thrown) {
    Throwable found = null;
    int deep = 0;
    for (Throwable cause = thrown; cause != null && deep < 20; cause = cause.getCause()) {
      String name = cause.getClass().getName();
      if (name.startsWith("java") || name.startsWith("sun.")) {
        found = cause;
      }
      deep++;
    }
    return found == null || found.getCause() != null ? null : found;
  }

  private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    int deep = 0;
    for (Throwable cause = thrown; cause != null && deep < 20; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
      deep++;
    }
    return null;
  }
}
