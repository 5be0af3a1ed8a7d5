package io.contentcrew.app;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Admission.FormatOverQuota;
import io.contentcrew.domain.generation.ArtifactMarkdown;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.sdk.generation.CancelGeneration;
import io.contentcrew.sdk.generation.ReadJobs;
import io.contentcrew.sdk.generation.SubmitGeneration;
import io.contentcrew.sdk.generation.SubmitGeneration.Outcome;
import io.contentcrew.sdk.user.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/content}: submitting briefs, and reading, stopping and deleting jobs. */
final class GenerationRoutes implements HttpService {
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  private static final HeaderName REPLAYED = HeaderNames.create("Idempotent-Replayed");
  private static final int PAGE = 20;
  private static final int MAX_PAGE = 100;

  private final ContentCrew crew;
  private final Callers callers;
  private final Bodies bodies;
  private final StreamRoute streamRoute;

  GenerationRoutes(ContentCrew crew, Callers callers, Bodies bodies, StreamRoute streamRoute) {
    this.crew = crew;
    this.callers = callers;
    this.bodies = bodies;
    this.streamRoute = streamRoute;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/generate", this::generate)
        .any("/generate", MethodNotAllowed.but("POST"))
        .get("/jobs", this::list)
        .any("/jobs", MethodNotAllowed.but("GET"))
        .get("/jobs/{id}", this::show)
        .delete("/jobs/{id}", this::delete)
        .any("/jobs/{id}", MethodNotAllowed.but("GET, DELETE"))
        .post("/jobs/{id}/cancel", this::cancel)
        .any("/jobs/{id}/cancel", MethodNotAllowed.but("POST"))
        .get("/jobs/{id}/stream", streamRoute::stream)
        .any("/jobs/{id}/stream", MethodNotAllowed.but("GET"))
        .get("/jobs/{id}/artifacts/{format}", this::artifact)
        .any("/jobs/{id}/artifacts/{format}", MethodNotAllowed.but("GET"));
  }

  // ---- submitting

  private void generate(ServerRequest request, ServerResponse response) {
    Caller caller = callers.requireForSubmit(request);
    JsonBody body = bodies.json(request);
    BriefForm.Form form = BriefForm.read(body, request.headers().first(IDEMPOTENCY_KEY));
    callers.countSubmit(response, caller);
    UserId user = caller.user().id();
    var outcome =
        crew.submitGeneration()
            .submit(new SubmitGeneration.Request(user, form.brief(), form.idempotencyKey()));
    if (outcome instanceof Outcome.Accepted(Job job, boolean replayed)) {
      accepted(response, user, job, replayed);
    } else {
      throw refusal(outcome).asException();
    }
  }

  private void accepted(ServerResponse response, UserId user, Job job, boolean replayed) {
    response.header(HeaderNames.LOCATION, "/v1/content/jobs/" + job.id());
    Map<String, Object> view = Views.newJob(job);
    if (replayed) {
      response.header(REPLAYED, "true");
      view = crew.readJobs().find(job.id(), user).map(Views::job).orElse(view);
    }
    Replies.json(response, Status.CREATED_201, view);
  }

  private static Problem refusal(Outcome outcome) {
    return switch (outcome) {
      case Outcome.OverQuota over -> overQuota(over);
      case Outcome.TooManyJobs(TierId tier, int active, int limit, Optional<TierId> upgradeTo) ->
          Problem.of(
                  Problem.Code.PLAN_LIMIT_EXCEEDED,
                  "Your plan allows "
                      + limit
                      + " jobs at once, and "
                      + active
                      + " wait or run. Wait for one to end, or cancel one.")
              .with("limit_name", "active_jobs")
              .with("plan", tier.value())
              .with("limit", limit)
              .with("used", active)
              .with("upgrade_to", upgradeTo.map(TierId::value).orElse(""));
      case Outcome.KeyReused() ->
          Problem.of(
              Problem.Code.IDEMPOTENCY_CONFLICT,
              "This idempotency key was used for another request, or for a job that was deleted."
                  + " Use a new key for a new request.");
      case Outcome.ModelMissing(ModelName model, String remedy) ->
          Problem.of(Problem.Code.MODEL_MISSING, "The model " + model + " is not there. " + remedy)
              .with("model", model.value())
              .with("remedy", remedy);
      case Outcome.EngineUnavailable(String reason, Optional<Duration> retryAfter) ->
          Problem.of(Problem.Code.LLM_UNAVAILABLE, reason)
              .retryAfter(retryAfter.orElse(Duration.ofSeconds(10)));
      case Outcome.UnknownUser() ->
          Problem.of(Problem.Code.AUTH_ERROR, "This account is not there any more.");
      case Outcome.Accepted accepted ->
          throw new IllegalArgumentException("not a refusal: " + accepted);
    };
  }

  private static Problem overQuota(Outcome.OverQuota over) {
    FormatOverQuota first = over.formats().getFirst();
    List<Map<String, Object>> formats =
        over.formats().stream()
            .map(
                format -> {
                  Map<String, Object> view = new LinkedHashMap<>();
                  view.put("format", format.format().wireName());
                  view.put("limit", format.limit());
                  view.put("used", format.usage().used());
                  view.put("reserved", format.usage().reserved());
                  return view;
                })
            .toList();
    String upgrade = over.upgradeTo().map(TierId::value).orElse("");
    return Problem.of(
            Problem.Code.PLAN_LIMIT_EXCEEDED,
            "Your plan "
                + over.tier()
                + " allows "
                + first.limit()
                + " "
                + first.format().wireName()
                + " pieces until "
                + over.period().end()
                + ", and they are used up."
                + (upgrade.isEmpty() ? "" : " The plan " + upgrade + " allows more."))
        .with("limit_name", "monthly_pieces")
        .with("plan", over.tier().value())
        .with("format", first.format().wireName())
        .with("limit", first.limit())
        .with("used", first.usage().used())
        .with("reserved", first.usage().reserved())
        .with("resets_at", over.period().end().toString())
        .with("upgrade_to", upgrade)
        .with("formats", formats);
  }

  // ---- reading

  private void list(ServerRequest request, ServerResponse response) {
    Caller caller = callers.require(request, response, ApiScope.CONTENT_READ);
    int limit = limit(request);
    Optional<JobStatus> status = Parameters.query(request, "status").map(GenerationRoutes::status);
    Optional<JobId> before = Parameters.query(request, "cursor").map(GenerationRoutes::cursor);
    List<Job> jobs =
        crew.readJobs().page(caller.user().id(), new Jobs.Query(status, before, limit));
    boolean more = jobs.size() == limit;
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("data", jobs.stream().map(Views::job).toList());
    view.put("next_cursor", more ? jobs.getLast().id().toString() : null);
    Replies.json(response, view);
  }

  private void show(ServerRequest request, ServerResponse response) {
    Caller caller = callers.require(request, response, ApiScope.CONTENT_READ);
    show(response, jobId(request), caller.user().id());
  }

  private void show(ServerResponse response, JobId id, UserId owner) {
    Replies.json(
        response,
        crew.readJobs().find(id, owner).map(Views::job).orElseThrow(GenerationRoutes::noSuchJob));
  }

  private void artifact(ServerRequest request, ServerResponse response) {
    Caller caller = callers.require(request, response, ApiScope.CONTENT_READ);
    Format format =
        Format.ofWireName(request.path().pathParameters().get("format"))
            .orElseThrow(GenerationRoutes::noSuchJob);
    switch (crew.readJobs().piece(jobId(request), caller.user().id(), format)) {
      case ReadJobs.Piece.Found(Job job, StoredArtifact artifact) ->
          piece(request, response, job, artifact);
      case ReadJobs.Piece.Missing(Job job) ->
          throw Problem.of(
                  Problem.Code.NOT_FOUND,
                  job.status().isFinal()
                      ? "The job did not come to a piece of that format; see its results."
                      : "The piece is not ready yet; watch the job's stream.")
              .asException();
      case ReadJobs.Piece.NoSuchJob() -> throw noSuchJob();
    }
  }

  private static void piece(
      ServerRequest request, ServerResponse response, Job job, StoredArtifact stored) {
    switch (Negotiation.wanted(request)) {
      case JSON -> {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("job_id", job.id().toString());
        view.putAll(Views.artifact(stored));
        Replies.json(response, view);
      }
      case MARKDOWN ->
          Replies.text(
              response,
              "text/markdown; charset=utf-8",
              ArtifactMarkdown.of(stored, job.brief().language()));
    }
  }

  // ---- stopping and deleting

  private void cancel(ServerRequest request, ServerResponse response) {
    UserId caller = callers.require(request, response, ApiScope.CONTENT_WRITE).user().id();
    JobId id = jobId(request);
    switch (crew.cancelGeneration().cancel(id, caller)) {
      case CancelGeneration.Outcome.Stopping stopping -> show(response, id, caller);
      case CancelGeneration.Outcome.AlreadyOver over -> show(response, id, caller);
      case CancelGeneration.Outcome.NotFound() -> throw noSuchJob();
    }
  }

  private void delete(ServerRequest request, ServerResponse response) {
    Caller caller = callers.require(request, response, ApiScope.CONTENT_WRITE);
    switch (crew.deleteJob().delete(jobId(request), caller.user().id())) {
      case DELETED -> Replies.nothing(response);
      case STILL_ACTIVE ->
          throw Problem.of(Problem.Code.CONFLICT, "The job still waits or runs. Cancel it first.")
              .asException();
      case NOT_FOUND -> throw noSuchJob();
    }
  }

  // ---- the parts of a request

  static JobId jobId(ServerRequest request) {
    return JobId.parse(request.path().pathParameters().get("id"))
        .orElseThrow(GenerationRoutes::noSuchJob);
  }

  /** Somebody else's job is answered like one that is not there. */
  static Problem.Thrown noSuchJob() {
    return Problem.of(Problem.Code.NOT_FOUND, "You have no such job.").asException();
  }

  private static int limit(ServerRequest request) {
    Optional<String> sent = Parameters.query(request, "limit");
    if (sent.isEmpty()) {
      return PAGE;
    }
    boolean number = sent.get().matches("\\d{1,3}");
    int limit = number ? Integer.parseInt(sent.get()) : 0;
    if (limit < 1 || limit > MAX_PAGE) {
      throw invalid("limit", "A page has 1 to " + MAX_PAGE + " jobs.");
    }
    return limit;
  }

  private static JobStatus status(String name) {
    return JobStatus.ofWireName(name)
        .orElseThrow(
            () ->
                invalid(
                    "status",
                    "A status is one of pending, running, completed, partial, failed, cancelled."));
  }

  private static JobId cursor(String text) {
    return JobId.parse(text)
        .orElseThrow(
            () -> invalid("cursor", "Send the next_cursor of the page before, unchanged."));
  }

  private static Problem.Thrown invalid(String name, String message) {
    return Problem.invalid(List.of(new FieldProblem("/query/" + name, "invalid", message)))
        .asException();
  }
}
