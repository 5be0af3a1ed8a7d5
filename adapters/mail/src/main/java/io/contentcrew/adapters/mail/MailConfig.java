package io.contentcrew.adapters.mail;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which mail server is used, and how.
 *
 * @param host its name or address, as its certificate says it
 * @param port 1 to 65,535
 * @param protection how the connection is protected
 * @param plainOverNetwork whether it may be unprotected though the server is not on this machine:
 *     whoever is between can then read the messages, and change their links
 * @param login who sends; empty where the server does not ask
 * @param trusted certificates in PEM, of which one must vouch for the server; empty for those that
 *     the Java runtime trusts
 * @param from the address that messages come from; its domain names the messages, too
 * @param fromName the name beside it, of 1 to 100 characters without control characters
 * @param timeouts how long is waited for what
 */
public record MailConfig(
    String host,
    int port,
    Protection protection,
    boolean plainOverNetwork,
    Optional<Login> login,
    Optional<Path> trusted,
    EmailAddress from,
    String fromName,
    Timeouts timeouts) {
  /** How a connection is protected. */
  public enum Protection {
    /** By TLS, which is begun after the greeting; a server that offers none is not used. */
    STARTTLS,
    /** By TLS from the first byte. */
    TLS,
    /** By nothing. */
    NONE
  }

  /** The name and the password of whoever sends. */
  public record Login(String username, Secret password) {
    public Login {
      Objects.requireNonNull(password, "password");
      if (username.isBlank() || username.codePoints().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "the user name for the mail server is blank or holds control characters");
      }
    }

    @Override
    public String toString() {
      return "Login[hidden]";
    }
  }

  /**
   * How long is waited, each from a millisecond to an hour.
   *
   * @param connect for the connection
   * @param read for the next byte of an answer
   * @param write until the server has taken what was written
   * @param total for everything about one message, also for its turn
   */
  public record Timeouts(Duration connect, Duration read, Duration write, Duration total) {
    public Timeouts {
      check("to connect", connect);
      check("to read", read);
      check("to write", write);
      check("in total", total);
    }

    private static void check(String what, Duration time) {
      if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "the mail server has PT0.001S to PT1H " + what + ", not " + time);
      }
    }
  }

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

  public MailConfig {
    Objects.requireNonNull(protection, "protection");
    Objects.requireNonNull(login, "login");
    Objects.requireNonNull(trusted, "trusted");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(timeouts, "timeouts");
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "the mail server's host is a name or an address, such as smtp.example.com");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the mail server's port is 1 to 65535, not " + port);
    }
    if (fromName.isBlank()
        || fromName.length() > 100
        || fromName.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the name that mail comes from has 1 to 100 characters and no control characters");
    }
    if (Envelopes.isInternational(from)) {
      throw new IllegalArgumentException(
          "the address that mail comes from is in ASCII before the @: few servers take others");
    }
    if (protection == Protection.NONE
        && !plainOverNetwork
        && !THIS_MACHINE.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "mail to "
              + host
              + " would go over the network unprotected: use STARTTLS or TLS, or ask for a plain"
              + " connection explicitly");
    }
  }

  /**
   * Port 587 with STARTTLS, no login, the runtime's certificates, "Content Creation Crew" as the
   * name; 10 s to connect, 30 s to read or to write, a minute in total.
   */
  public static MailConfig of(String host, EmailAddress from) {
    return new MailConfig(
        host,
        587,
        Protection.STARTTLS,
        false,
        Optional.empty(),
        Optional.empty(),
        from,
        "Content Creation Crew",
        new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1)));
  }

  /** A copy with another port. */
  public MailConfig withPort(int changed) {
    return new MailConfig(
        host, changed, protection, plainOverNetwork, login, trusted, from, fromName, timeouts);
  }

  /** A copy whose connections are protected so. */
  public MailConfig withProtection(Protection changed) {
    return new MailConfig(
        host, port, changed, plainOverNetwork, login, trusted, from, fromName, timeouts);
  }

  /** A copy whose connections are not protected, wherever the server is. */
  public MailConfig withPlainOverNetwork() {
    return new MailConfig(
        host, port, Protection.NONE, true, login, trusted, from, fromName, timeouts);
  }

  /** A copy that logs in. */
  public MailConfig withLogin(String username, Secret password) {
    return new MailConfig(
        host,
        port,
        protection,
        plainOverNetwork,
        Optional.of(new Login(username, password)),
        trusted,
        from,
        fromName,
        timeouts);
  }

  /** A copy that trusts the certificates in that file, in PEM, and no others. */
  public MailConfig withTrusted(Path changed) {
    return new MailConfig(
        host,
        port,
        protection,
        plainOverNetwork,
        login,
        Optional.of(changed),
        from,
        fromName,
        timeouts);
  }

  /** A copy whose mail comes from that name. */
  public MailConfig withFromName(String changed) {
    return new MailConfig(
        host, port, protection, plainOverNetwork, login, trusted, from, changed, timeouts);
  }

  /** A copy with other timeouts. */
  public MailConfig withTimeouts(Timeouts changed) {
    return new MailConfig(
        host, port, protection, plainOverNetwork, login, trusted, from, fromName, changed);
  }
}
