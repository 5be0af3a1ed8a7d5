package io.contentcrew.adapters.mail;

import io.contentcrew.adapters.mail.MailConfig.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** What the library is told by its properties. */
final class SmtpSettings {
  /**
   * The library writes all that is said to its loggers when they are made to listen: the text of
   * messages, links and all. Kept here, because a logger that nobody keeps forgets its level.
   */
  private static final Logger LIBRARY = Logger.getLogger("org.eclipse.angus.mail");

  private final MailConfig config;
  private final ScheduledExecutorService writeTimer;
  private final SSLSocketFactory tls;

  SmtpSettings(MailConfig config, ScheduledExecutorService writeTimer) {
    this.config = config;
    this.writeTimer = writeTimer;
    this.tls = config.trusted().map(SmtpSettings::trusting).orElseGet(SmtpSettings::runtimes);
    LIBRARY.setLevel(Level.OFF);
  }

  /** The server, as messages call it. */
  String server() {
    return "the mail server at " + config.host() + ":" + config.port();
  }

  /** For an attempt over {@code line}. */
  Properties forAttempt(Line line) {
    Properties properties = new Properties();
    properties.put("mail.smtp.socketFactory", new LineSockets(line));
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.ssl.socketFactory", new LineTls(tls, line));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    properties.put("mail.smtp.ssl.enable", is(Protection.TLS));
    properties.put("mail.smtp.starttls.enable", is(Protection.STARTTLS));
    properties.put("mail.smtp.starttls.required", is(Protection.STARTTLS));
    properties.put("mail.smtp.connectiontimeout", millis(config.timeouts().connect()));
    properties.put("mail.smtp.timeout", millis(config.timeouts().read()));
    properties.put("mail.smtp.writetimeout", millis(config.timeouts().write()));
    properties.put("mail.smtp.executor.writetimeout", writeTimer);
    properties.put("mail.smtp.auth", Boolean.toString(config.login().isPresent()));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.put("mail.smtp.from", Envelopes.onTheWire(config.from()));
    // or it would ask the resolver what this machine is called, and tell the server
    properties.put("mail.smtp.localhost", Envelopes.domainOf(config.from()));
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }

  private String is(Protection protection) {
    return Boolean.toString(config.protection() == protection);
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }

  private static SSLSocketFactory runtimes() {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  private static SSLSocketFactory trusting(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + store.size(), each);
      }
      if (store.size() == 0) {
        throw new IllegalArgumentException("there is no certificate in " + pem);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the certificates that the mail server is trusted by cannot be read from " + pem, e);
    }
  }
}
