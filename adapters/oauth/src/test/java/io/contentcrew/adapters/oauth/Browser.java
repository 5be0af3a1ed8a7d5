package io.contentcrew.adapters.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Walks through a provider's pages as a person would, with cookies, up to the way back. */
final class Browser {
  private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
  private static final Pattern PROMPT =
      Pattern.compile("name=\"prompt\" value=\"(login|consent)\"");
  private static final int MOST_PAGES = 20;

  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** An error page is an AssertionError. */
  URI signIn(URI authorizationUrl, String login) {
    String provider = authorizationUrl.getAuthority();
    try (client) {
      URI url = authorizationUrl;
      HttpResponse<String> page = get(url);
      for (int i = 0; i < MOST_PAGES; i++) {
        if (page.statusCode() == 302 || page.statusCode() == 303) {
          url = url.resolve(page.headers().firstValue("Location").orElseThrow());
          if (!url.getAuthority().equals(provider)) {
            return url;
          }
          page = get(url);
        } else if (page.statusCode() == 200) {
          Matcher form = matched(FORM, page);
          url = url.resolve(form.group(1).replace("&amp;", "&"));
          page = post(url, matched(PROMPT, page).group(1), login);
        } else {
          throw new AssertionError("the provider shows an error: " + page.statusCode());
        }
      }
      throw new AssertionError("the provider does not come to an end");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Matcher matched(Pattern pattern, HttpResponse<String> page) {
    Matcher matcher = pattern.matcher(page.body());
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + page.body());
    }
    return matcher;
  }

  private HttpResponse<String> get(URI url) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(URI url, String prompt, String login)
      throws IOException, InterruptedException {
    String form = Form.of(Map.of("prompt", prompt, "login", login, "password", "any"));
    return client.send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
