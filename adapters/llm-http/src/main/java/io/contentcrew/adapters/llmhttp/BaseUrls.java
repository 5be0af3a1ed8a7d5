package io.contentcrew.adapters.llmhttp;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The addresses of servers, as people write them. */
final class BaseUrls {
  private static final Pattern IP_LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

  private BaseUrls() {}

  /** The addresses in a list with commas. */
  static List<URI> parse(String list) {
    List<URI> urls = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      if (!part.isBlank()) {
        urls.add(check(parseOne(part.strip())));
      }
    }
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a model's server needs at least one address");
    }
    return urls;
  }

  private static URI parseOne(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // The text is not repeated: it may hold a password.
      throw new IllegalArgumentException(
          "a model's server has an address such as http://localhost:11434; this one is no address: "
              + e.getReason());
    }
  }

  /** The address without a slash at its end, if it is one that may be asked. */
  static URI check(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "the address of a model's server begins with http:// or https://");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(
          "the address of a model's server names a host, as http://localhost:11434 does");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the address of the model's server at "
              + url.getHost()
              + " must have no user, no query and no fragment");
    }
    if (IP_LITERAL.matcher(url.getHost()).matches() && isLinkLocal(url.getHost())) {
      throw new IllegalArgumentException(
          "the address of a model's server must not be link-local, as "
              + url.getHost()
              + " is: there live the metadata services of clouds");
    }
    String text = url.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return URI.create(text);
  }

  private static boolean isLinkLocal(String literal) {
    try {
      return InetAddress.getByName(literal).isLinkLocalAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "the address of a model's server names a host, which " + literal + " is not");
    }
  }
}
