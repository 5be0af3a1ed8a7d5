package io.contentcrew.app;

import io.contentcrew.adapters.memory.TestPayments;
import io.contentcrew.adapters.memory.TestPayments.Shown;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code /test-payments/checkout}: the page on which nothing is paid. It is a page for people, and
 * not part of the API; whoever has its address, which is sealed, may use it.
 */
final class TestCheckoutRoutes implements HttpService {
  private static final HeaderName POLICY_NAME = HeaderNames.create("Content-Security-Policy");

  /** No form-action: browsers hold it against where a form leads on to, which is the web page. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>TEST checkout</title>
      <style>
      body {font: 1rem/1.5 system-ui, sans-serif; max-width: 28rem; margin: 3rem auto; padding: 0 1rem; color: #222; background: #fff}
      .test {background: #fd3; color: #222; padding: .5rem 1rem; font-weight: bold}
      form {display: inline} button {font: inherit; padding: .5rem 1.5rem; margin: 1rem .5rem 0 0}
      </style>
      </head>
      <body>
      <p class="test">TEST: no money moves here</p>
      """;

  private static final String FOOT = "\n</body>\n</html>\n";

  private final TestPayments payments;

  TestCheckoutRoutes(TestPayments payments) {
    this.payments = payments;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/checkout", this::show)
        .post("/checkout", this::choose)
        .any("/checkout", MethodNotAllowed.but("GET, POST"));
  }

  private void show(ServerRequest request, ServerResponse response) {
    String token = Parameters.query(request, "token").orElse("");
    Optional<Shown> shown = payments.look(token);
    response.status(shown.isPresent() ? Status.OK_200 : Status.NOT_FOUND_404);
    response.header(POLICY_NAME, POLICY);
    Replies.text(
        response,
        "text/html; charset=utf-8",
        HEAD + shown.map(one -> order(one, token)).orElseGet(TestCheckoutRoutes::gone) + FOOT);
  }

  private static String gone() {
    return "<h1>This checkout is not there</h1>\n"
        + "<p>Its address is not right, or it is more than an hour old. Begin again.</p>";
  }

  private static String order(Shown shown, String token) {
    return "<h1>Test checkout</h1>\n<p>Plan <strong>"
        + escaped(shown.plan().tier().value())
        + "</strong>, each "
        + shown.interval().wireName()
        + shown.amount().map(amount -> ": " + escaped(BillingViews.amount(amount))).orElse("")
        + "</p>\n"
        + button("pay", "Pay (test)", token)
        + button("leave", "Leave", token);
  }

  private static String button(String choice, String label, String token) {
    return "<form method=\"post\" action=\""
        + escaped(
            PaymentParts.TEST_PAGE
                + "?choice="
                + choice
                + "&token="
                + URLEncoder.encode(token, StandardCharsets.UTF_8))
        + "\"><button>"
        + label
        + "</button></form>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private void choose(ServerRequest request, ServerResponse response) {
    String token = Parameters.query(request, "token").orElse("");
    String choice = Parameters.query(request, "choice").orElse("");
    if (payments.look(token).isEmpty() || !(choice.equals("pay") || choice.equals("leave"))) {
      show(request, response);
      return;
    }
    URI next = choice.equals("pay") ? payments.pay(token) : payments.leave(token);
    response.status(Status.SEE_OTHER_303);
    response.header(HeaderNames.LOCATION, next.toString());
    response.header(Replies.NO_STORE);
    response.send();
  }
}
