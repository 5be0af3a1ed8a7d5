package io.contentcrew.app;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The web page, on every address that nothing else takes: to be registered last. Where it was not
 * built, people are told so by a plain page.
 *
 * <p>Not done by helidon-webserver-static-content 4.5.0: it knows neither files that are packed
 * already nor headers for single files (the hashes of a page's scripts), tells versions apart by
 * the time of change, which a reproducible jar does not have, and answers with an empty 404.
 */
final class SiteRoutes {
  private static final Header VARY_CODING =
      HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
  private static final Header VARY_TYPE = HeaderValues.createCached(HeaderNames.VARY, "Accept");

  private final Site site;
  private final SiteFile plain;

  SiteRoutes(Site site) {
    this.site = site;
    this.plain = plainPage();
  }

  void register(HttpRouting.Builder routing) {
    routing.get("/", this::start).get("/*", this::file);
  }

  /** For people the page, for programs where things are. */
  private void start(ServerRequest request, ServerResponse response) {
    response.headers().add(VARY_TYPE);
    boolean forPeople = names(request, "text/html");
    if (forPeople || (site.isBuilt() && !names(request, "application/json"))) {
      send(request, response, Status.OK_200, site.start().orElse(plain));
    } else {
      Replies.json(response, home());
    }
  }

  private void file(ServerRequest request, ServerResponse response) {
    String path = request.path().path();
    Optional<SiteFile> file = site.at(path);
    if (file.isPresent()) {
      send(request, response, Status.OK_200, file.get());
      return;
    }
    if (!Site.isTaken(path)) {
      response.headers().add(VARY_TYPE);
      if (site.notFound().isPresent() && names(request, "text/html")) {
        send(request, response, Status.NOT_FOUND_404, site.notFound().get());
        return;
      }
    }
    throw Problem.of(Problem.Code.NOT_FOUND, "There is nothing at this address.").asException();
  }

  /** Whether a type is among those that are wanted, by its name. */
  private static boolean names(ServerRequest request, String type) {
    return request.headers().acceptedTypes().stream()
        .anyMatch(one -> one.mediaType().text().equals(type));
  }

  private static void send(
      ServerRequest request, ServerResponse response, Status status, SiteFile file) {
    SiteFile.Coded coded = file.inCodingOf(AcceptedCodings.of(request.headers()));
    // also with 304: a browser takes the headers of that one for the page it has kept
    file.policy().ifPresent(response::header);
    response.header(file.caching());
    if (file.hasChoice()) {
      response.headers().add(VARY_CODING);
    }
    if (status.equals(Status.OK_200)) {
      response.header(HeaderNames.ETAG, coded.entityTag());
      if (isKnown(request.headers(), coded.entityTag())) {
        response.status(Status.NOT_MODIFIED_304).send();
        return;
      }
    }
    response.status(status);
    response.header(HeaderNames.CONTENT_TYPE, file.type());
    coded.coding().ifPresent(name -> response.header(HeaderNames.CONTENT_ENCODING, name));
    response.send(coded.bytes());
  }

  private static boolean isKnown(Headers request, String entityTag) {
    for (String line : request.all(HeaderNames.IF_NONE_MATCH, List::of)) {
      for (String tag : line.split(",", -1)) {
        String known = tag.strip();
        if (known.equals("*") || known.equals(entityTag) || known.equals("W/" + entityTag)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Map<String, Object> home() {
    Map<String, Object> home = new LinkedHashMap<>();
    home.put("service", "Content Creation Crew");
    home.put("version", Version.text());
    home.put("docs", "/docs");
    home.put("openapi", "/openapi.yaml");
    home.put("health", "/health");
    return home;
  }

  private static SiteFile plainPage() {
    try (@Nullable InputStream in = SiteRoutes.class.getResourceAsStream("no-page.html")) {
      if (in == null) {
        throw new IllegalStateException("the resource no-page.html is missing");
      }
      return SiteReader.file("no-page.html", in.readAllBytes(), Optional.empty(), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
