package io.contentcrew.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.EditedArtifact;
import io.contentcrew.domain.generation.FreeText;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.generation.EditArtifact;
import io.contentcrew.sdk.generation.ReviseArtifact;
import io.contentcrew.sdk.user.Caller;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What owners do with what is finished: naming it, changing it, and having it written anew. */
final class ArtifactRoutes {
  private final ContentCrew crew;
  private final Callers callers;
  private final Bodies bodies;

  ArtifactRoutes(ContentCrew crew, Callers callers, Bodies bodies) {
    this.crew = crew;
    this.callers = callers;
    this.bodies = bodies;
  }

  /** Adds the routes below {@code /v1/content}. */
  void routing(HttpRules rules) {
    String piece = "/jobs/{id}/artifacts/{format}";
    rules
        .patch("/jobs/{id}", this::rename)
        .put(piece, this::edit)
        .get(piece + "/versions", this::versions)
        .any(piece + "/versions", MethodNotAllowed.but("GET"))
        .post(piece + "/restore", this::restore)
        .any(piece + "/restore", MethodNotAllowed.but("POST"))
        .post(piece + "/regenerate", this::regenerate)
        .any(piece + "/regenerate", MethodNotAllowed.but("POST"));
  }

  static Format format(ServerRequest request) {
    return Format.ofWireName(request.path().pathParameters().get("format"))
        .orElseThrow(GenerationRoutes::noSuchJob);
  }

  // ---- names

  private void rename(ServerRequest request, ServerResponse response) {
    UserId caller = callers.require(request, response, ApiScope.CONTENT_WRITE).user().id();
    JobId id = GenerationRoutes.jobId(request);
    JsonBody body = bodies.json(request);
    JsonNode sent = body.any("title");
    Optional<Title> title = Optional.empty();
    if (!sent.isNull()) {
      title =
          Optional.of(sent).filter(JsonNode::isTextual).flatMap(t -> Title.parse(t.textValue()));
      if (title.isEmpty()) {
        body.problem(
            "title",
            "invalid",
            "A title is one line of 1 to "
                + Title.MAX_LENGTH
                + " characters, or null to go by the topic.");
      }
    }
    body.check();
    Job job = crew.renameJob().rename(id, caller, title).orElseThrow(GenerationRoutes::noSuchJob);
    Replies.json(response, Views.job(job));
  }

  // ---- versions

  private void versions(ServerRequest request, ServerResponse response) {
    UserId caller = callers.require(request, response, ApiScope.CONTENT_READ).user().id();
    Format format = format(request);
    List<PieceVersion> versions =
        crew.readJobs().versions(GenerationRoutes.jobId(request), caller, format);
    if (versions.isEmpty()) {
      throw noSuchPiece();
    }
    Replies.json(response, Map.of("data", versions.stream().map(Views::version).toList()));
  }

  private void edit(ServerRequest request, ServerResponse response) {
    UserId caller = callers.require(request, response, ApiScope.CONTENT_WRITE).user().id();
    Format format = format(request);
    JobId id = GenerationRoutes.jobId(request);
    JsonBody body = bodies.json(request);
    boolean isRevision =
        crew.readJobs()
            .find(id, caller)
            .filter(view -> view.job().revision().isPresent())
            .isPresent();
    if (!isRevision && crew.readJobs().versions(id, caller, format).isEmpty()) {
      throw noSuchPiece(); // whatever the body says
    }
    int base = body.number("base_version");
    Artifact artifact = ArtifactForm.read(body, "artifact", format);
    body.check();
    answer(response, crew.editArtifact().edit(id, caller, base, artifact));
  }

  private void restore(ServerRequest request, ServerResponse response) {
    UserId caller = callers.require(request, response, ApiScope.CONTENT_WRITE).user().id();
    Format format = format(request);
    JobId id = GenerationRoutes.jobId(request);
    JsonBody body = bodies.json(request);
    int version = body.number("version");
    body.check();
    answer(response, crew.editArtifact().restore(id, caller, format, version));
  }

  private static void answer(ServerResponse response, EditArtifact.Outcome outcome) {
    switch (outcome) {
      case EditArtifact.Outcome.Done(Job job, StoredArtifact artifact) ->
          Replies.json(response, Views.artifact(job, artifact));
      case EditArtifact.Outcome.Outdated(int newest) ->
          throw Problem.of(
                  Problem.Code.CONFLICT,
                  "There is a newer version of this piece, "
                      + newest
                      + ". Look at it, and send your changes with that as base_version.")
              .with("newest_version", newest)
              .asException();
      case EditArtifact.Outcome.UnderRevision(JobId revision) -> throw underWay(revision);
      case EditArtifact.Outcome.Invalid(List<EditedArtifact.Problem> problems) ->
          throw Problem.invalid(ArtifactForm.problems(problems)).asException();
      case EditArtifact.Outcome.OfRevision(JobId of) -> throw ofRevision(of);
      case EditArtifact.Outcome.NoSuchVersion() ->
          throw Problem.of(
                  Problem.Code.NOT_FOUND, "There is no such version of the piece, or not any more.")
              .asException();
      case EditArtifact.Outcome.NoSuchPiece() -> throw noSuchPiece();
    }
  }

  // ---- revisions

  private void regenerate(ServerRequest request, ServerResponse response) {
    Caller caller = callers.requireForSubmit(request);
    UserId user = caller.user().id();
    Format format = format(request);
    JobId id = GenerationRoutes.jobId(request);
    JsonBody body = bodies.json(request);
    Optional<String> note = body.optionalText("note").map(FreeText::clean);
    if (note.isPresent() && FreeText.length(note.get()) > Revision.MAX_NOTE) {
      body.problem("note", "too_long", "A note may have " + Revision.MAX_NOTE + " characters.");
    }
    Optional<String> key =
        BriefForm.key(body, request.headers().first(GenerationRoutes.IDEMPOTENCY_KEY));
    body.check();
    callers.countSubmit(response, caller);
    var wish = new ReviseArtifact.Request(user, id, format, note, key);
    switch (crew.reviseArtifact().revise(wish)) {
      case ReviseArtifact.Outcome.Accepted(Job job, boolean replayed) ->
          GenerationRoutes.accepted(crew, response, user, job, replayed);
      case ReviseArtifact.Outcome.NotSubmitted(var reason) ->
          throw GenerationRoutes.refusal(reason).asException();
      case ReviseArtifact.Outcome.NoSuchPiece() -> throw noSuchPiece();
      case ReviseArtifact.Outcome.OfRevision(JobId of) -> throw ofRevision(of);
      case ReviseArtifact.Outcome.UnderWay(JobId revision) -> throw underWay(revision);
    }
  }

  private static Problem.Thrown noSuchPiece() {
    return Problem.of(Problem.Code.NOT_FOUND, "You have no such piece.").asException();
  }

  private static Problem.Thrown underWay(JobId revision) {
    return Problem.of(
            Problem.Code.CONFLICT,
            "This piece is being written anew. Wait for the job " + revision + ", or cancel it.")
        .with("revision", revision.toString())
        .asException();
  }

  static Problem.Thrown ofRevision(JobId of) {
    return Problem.of(
            Problem.Code.CONFLICT,
            "This job writes a piece of the job " + of + " anew; its versions are there.")
        .with("revises", of.toString())
        .asException();
  }
}
