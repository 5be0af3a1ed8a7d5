package io.contentcrew.app;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.ArtifactChecks;
import io.contentcrew.domain.generation.EditedArtifact;
import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.Measures;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortException;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.sdk.generation.ExportArtifacts;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pieces to take away, and measures of pieces that are being written. */
final class ExportRoutes {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.app.export");

  /**
   * A page of somebody's words has its own style and nothing else; in a sandbox it is not of our
   * origin, whatever it may hold.
   */
  private static final Header PAGE_POLICY =
      HeaderValues.createCached(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");

  private final ExportArtifacts exports;
  private final Callers callers;
  private final Bodies bodies;

  ExportRoutes(ExportArtifacts exports, Callers callers, Bodies bodies) {
    this.exports = exports;
    this.callers = callers;
    this.bodies = bodies;
  }

  void routing(HttpRules rules) {
    rules
        .post("/measure", this::measure)
        .any("/measure", MethodNotAllowed.but("POST"))
        .get("/jobs/{id}/export", this::all)
        .any("/jobs/{id}/export", MethodNotAllowed.but("GET"));
  }

  /** Answers with a piece, in the form in which the request wants it. */
  void piece(ServerRequest request, ServerResponse response, Job job, StoredArtifact stored) {
    Optional<ExportForm> form = Negotiation.wanted(request);
    boolean download = isDownload(request);
    if (form.isEmpty()) {
      if (download) {
        attach(response, ExportArtifacts.fileName(job, stored, "json"));
      }
      Replies.json(response, Views.artifact(job, stored));
      return;
    }
    ExportArtifacts.File file =
        exports.file(job, stored, form.get()).orElseThrow(Negotiation::notAcceptable);
    if (download) {
      attach(response, file.name());
    }
    if (form.get() == ExportForm.HTML) {
      response.header(PAGE_POLICY);
    }
    Replies.bytes(response, form.get().contentType(), file.bytes());
  }

  private static boolean isDownload(ServerRequest request) {
    String sent = Parameters.query(request, "download").orElse("false");
    if (!sent.equals("true") && !sent.equals("false")) {
      throw Problem.invalid(
              List.of(new FieldProblem("/query/download", "invalid", "Send true or false.")))
          .asException();
    }
    return sent.equals("true");
  }

  private static void attach(ServerResponse response, String name) {
    response.header(HeaderNames.CONTENT_DISPOSITION, Attachment.named(name));
  }

  /** Is written file by file; what breaks off ends with the connection, so nobody is misled. */
  private void all(ServerRequest request, ServerResponse response) {
    UserId caller = callers.require(request, response, ApiScope.CONTENT_READ).user().id();
    ExportArtifacts.Bundle bundle =
        exports
            .all(GenerationRoutes.jobId(request), caller)
            .orElseThrow(
                () ->
                    Problem.of(
                            Problem.Code.NOT_FOUND, "You have no such job, or it has no piece yet.")
                        .asException());
    response.header(HeaderNames.CONTENT_TYPE, "application/zip");
    response.header(Replies.NO_STORE);
    attach(response, bundle.name());
    OutputStream out = response.outputStream();
    try {
      bundle.writeTo(out);
      out.close();
    } catch (PortException e) {
      LOG.log(Level.WARNING, "An export breaks off: {0}", e.getMessage());
      throw new CloseConnectionException("an export has broken off", e);
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the reader of an export has left", e);
    }
  }

  /** Measures what is sent as it would be kept, and keeps nothing. */
  private void measure(ServerRequest request, ServerResponse response) {
    callers.require(request, response, ApiScope.CONTENT_READ);
    JsonBody body = bodies.json(request);
    Optional<Format> format = format(body);
    Optional<Artifact> sent = format.map(known -> ArtifactForm.read(body, "artifact", known));
    if (sent.isEmpty()) {
      body.any("artifact"); // known, but of a kind that is not
    }
    body.check();
    Artifact artifact = EditedArtifact.cleaned(sent.orElseThrow());
    List<FieldProblem> problems =
        ArtifactForm.problems(
            EditedArtifact.problems(artifact).stream()
                .filter(problem -> !problem.code().equals("empty")) // who writes begins so
                .toList());
    if (!problems.isEmpty()) {
      throw Problem.invalid(problems).asException();
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("measures", Views.measures(Measures.of(artifact)));
    view.put("findings", ArtifactChecks.ofShape(artifact).stream().map(Views::finding).toList());
    Replies.json(response, view);
  }

  private static Optional<Format> format(JsonBody body) {
    String name = body.text("format");
    Optional<Format> format = Format.ofWireName(name);
    if (format.isEmpty() && body.isRight()) { // else it was noted that it is not there
      body.problem(
          "format",
          "unknown",
          "A format is one of "
              + Arrays.stream(Format.values()).map(Format::wireName).toList()
              + ".");
    }
    return format;
  }
}
