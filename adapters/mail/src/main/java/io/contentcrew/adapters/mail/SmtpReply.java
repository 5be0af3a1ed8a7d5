package io.contentcrew.adapters.mail;

import jakarta.mail.MessagingException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a server said, without its words: those may hold the address of whoever was to get mail.
 *
 * @param code its three digits; 0 where it said nothing that makes sense
 * @param status the enhanced status (RFC 3463), such as 5.1.1; empty without one
 * @param aboutUs whether it is about who sends, which is for whoever runs us to mend
 */
record SmtpReply(int code, String status, boolean aboutUs) {
  /** Login wanted, or not accepted (RFC 4954 section 6). */
  private static final Set<Integer> OURS = Set.of(530, 534, 535, 538);

  private static final Pattern REPLY =
      Pattern.compile("\\b([45]\\d\\d)[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?");

  /** The reply of which {@code e} tells. */
  static SmtpReply in(MessagingException e) {
    for (@Nullable Throwable each = e; each != null; each = next(each)) {
      int code = code(each);
      if (code >= 400 && code <= 599) {
        return new SmtpReply(
            code, status(code, each.getMessage()), OURS.contains(code) || isAboutSender(e));
      }
    }
    return new SmtpReply(0, "", false);
  }

  private static boolean isAboutSender(MessagingException e) {
    for (@Nullable Throwable each = e; each != null; each = next(each)) {
      if (each instanceof SMTPSenderFailedException) {
        return true;
      }
      if (each instanceof SMTPSendFailedException failed
          && failed.getCommand().startsWith("MAIL")) {
        return true;
      }
    }
    return false;
  }

  private static int code(Throwable e) {
    return switch (e) {
      case SMTPAddressFailedException address -> address.getReturnCode();
      case SMTPSenderFailedException sender -> sender.getReturnCode();
      case SMTPSendFailedException message -> message.getReturnCode();
      default -> 0;
    };
  }

  private static String status(int code, @Nullable String text) {
    Matcher reply = REPLY.matcher(text == null ? "" : text);
    return reply.find() && reply.group(1).equals(Integer.toString(code)) && reply.group(2) != null
        ? reply.group(2)
        : "";
  }

  /**
   * The trouble with the connection that is behind {@code e}, if there is one; what the library
   * made of it would tell more than it should.
   */
  static @Nullable Throwable cause(MessagingException e) {
    for (@Nullable Throwable each = e; each != null; each = next(each)) {
      if (each instanceof SocketException
          || each instanceof SocketTimeoutException
          || each instanceof UnknownHostException
          || each instanceof SSLException) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable Throwable next(Throwable e) {
    return e instanceof MessagingException chained && chained.getNextException() != null
        ? chained.getNextException()
        : e.getCause();
  }

  /** Whether asking again is of no use. */
  boolean isForGood() {
    return code >= 500 && !aboutUs;
  }

  /** The numbers, to put behind a sentence. */
  String told() {
    return code == 0 ? "" : " (" + (code + " " + status).strip() + ")";
  }
}
