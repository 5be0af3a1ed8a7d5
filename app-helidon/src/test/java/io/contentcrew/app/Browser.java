package io.contentcrew.app;

import io.contentcrew.app.Client.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Somebody who uses the service with cookies, from a page of some origin. */
final class Browser {
  private final Client client;
  private final Map<String, String> cookies = new TreeMap<>();

  Browser(Client client) {
    this.client = client;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  Answer get(String path, String... headers) {
    return send(client.request(path, headers).GET());
  }

  Answer post(String path, Object body, String... headers) {
    return send(
        client
            .request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.write(body))));
  }

  /** Sends what has no body. */
  Answer method(String method, String path, String... headers) {
    return send(client.request(path, headers).method(method, BodyPublishers.noBody()));
  }

  private Answer send(HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      List<String> pairs =
          cookies.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList();
      request.header("Cookie", String.join("; ", pairs));
    }
    Answer answer = client.send(request);
    answer.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Set-Cookie"))
        .forEach(header -> header.getValue().forEach(this::keep));
    return answer;
  }

  private void keep(String cookie) {
    String[] pair = cookie.split(";", 2)[0].split("=", 2);
    if (cookie.contains("Max-Age=0;")) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }
}
