package io.contentcrew.app;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Admission.FormatOverQuota;
import io.contentcrew.domain.generation.FreeText;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.SearchText;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.sdk.generation.CancelGeneration;
import io.contentcrew.sdk.generation.ReadJobs;
import io.contentcrew.sdk.generation.RetryGeneration;
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
  static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  private static final HeaderName REPLAYED = HeaderNames.create("Idempotent-Replayed");
  private static final int PAGE = 20;
  private static final int MAX_PAGE = 100;
  private static final int MAX_QUESTION = 200;

  private final ContentCrew crew;
  private final Callers callers;
  private final Bodies bodies;
  private final StreamRoute streamRoute;
  private final ArtifactRoutes artifactRoutes;
  private final ExportRoutes exportRoutes;

  GenerationRoutes(ContentCrew crew, Callers callers, Bodies bodies, StreamRoute streamRoute) {
    this.crew = crew;
    this.callers = callers;
    this.bodies = bodies;
    this.streamRoute = streamRoute;
    this.artifactRoutes = new ArtifactRoutes(crew, callers, bodies);
    this.exportRoutes = new ExportRoutes(crew.exportArtifacts(), callers, bodies);
  }

  @Override
  public void routing(HttpRules rules) {
    artifactRoutes.routing(rules);
    exportRoutes.routing(rules);
    rules
        .get("/engine", this::engine)
        .any("/engine", MethodNotAllowed.but("GET"))
        .post("/generate", this::generate)
        .any("/generate", MethodNotAllowed.but("POST"))
        .get("/jobs", this::list)
        .any("/jobs", MethodNotAllowed.but("GET"))
        .get("/jobs/{id}", this::show)
        .delete("/jobs/{id}", this::delete)
        .any("/jobs/{id}", MethodNotAllowed.but("GET, PATCH, DELETE"))
        .post("/jobs/{id}/cancel", this::cancel)
        .any("/jobs/{id}/cancel", MethodNotAllowed.but("POST"))
        .post("/jobs/{id}/retry", this::retry)
        .any("/jobs/{id}/retry", MethodNotAllowed.but("POST"))
        .get("/jobs/{id}/stream", streamRoute::stream)
        .any("/jobs/{id}/stream", MethodNotAllowed.but("GET"))
        .get("/jobs/{id}/artifacts/{format}", this::artifact)
        .any("/jobs/{id}/artifacts/{format}", MethodNotAllowed.but("GET, PUT"));
  }

  /** Asks the models' servers where what is known of them is some seconds old. */
  private void engine(ServerRequest request, ServerResponse response) {
    Tier tier =
        callers
            .stranger(request)
            .map(caller -> crew.tiers().findOrFree(caller.entitlement().tier()))
            .orElseGet(() -> crew.tiers().free());
    Replies.json(response, Views.engine(crew.engines().choose(tier.model())));
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
      accepted(crew, response, user, job, replayed);
    } else {
      throw refusal(outcome).asException();
    }
  }

  /** A body may be left out. */
  private void retry(ServerRequest request, ServerResponse response) {
    Caller caller = callers.requireForSubmit(request);
    JobId id = jobId(request);
    Optional<String> key = IdempotencyKeys.sent(request);
    if (request.content().hasEntity()) {
      JsonBody body = bodies.json(request);
      key = BriefForm.key(body, key);
      body.check();
    }
    callers.countSubmit(response, caller);
    UserId user = caller.user().id();
    var wish = new RetryGeneration.Request(user, id, key);
    switch (crew.retryGeneration().retry(wish)) {
      case RetryGeneration.Outcome.Accepted(Job job, boolean replayed) ->
          accepted(crew, response, user, job, replayed);
      case RetryGeneration.Outcome.NotSubmitted(var reason) -> throw refusal(reason).asException();
      case RetryGeneration.Outcome.NoSuchJob() -> throw noSuchJob();
      case RetryGeneration.Outcome.StillActive() ->
          throw Problem.of(
                  Problem.Code.CONFLICT, "The job waits or runs still. Wait for it, or cancel it.")
              .asException();
      case RetryGeneration.Outcome.NothingMissing() ->
          throw Problem.of(
                  Problem.Code.CONFLICT,
                  "All pieces of the job are there. To have one written anew, use its"
                      + " /artifacts/{format}/regenerate.")
              .asException();
      case RetryGeneration.Outcome.OfRevision(JobId of) -> throw ArtifactRoutes.ofRevision(of);
    }
  }

  static void accepted(
      ContentCrew crew, ServerResponse response, UserId user, Job job, boolean replayed) {
    response.header(HeaderNames.LOCATION, "/v1/content/jobs/" + job.id());
    Map<String, Object> view = Views.newJob(job);
    if (replayed) {
      response.header(REPLAYED, "true");
      view = crew.readJobs().find(job.id(), user).map(Views::job).orElse(view);
    }
    Replies.json(response, Status.CREATED_201, view);
  }

  static Problem refusal(Outcome outcome) {
    return switch (outcome) {
      case Outcome.OverQuota over -> overQuota(over);
      case Outcome.TooManyJobs(TierId tier, int active, int limit, Optional<TierId> upgradeTo) ->
          Problem.of(
                  Problem.Code.PLAN_LIMIT_EXCEEDED,
                  forGuest(tier, upgradeTo)
                      ? "As a guest you can have one job at a time, and there is one. Wait for it"
                          + " to end, or cancel it; or sign up, free of charge, for more."
                      : "Your plan allows "
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

  /** Guests are on the free tier, and what lifts their limits is that tier itself. */
  private static boolean forGuest(TierId tier, Optional<TierId> upgradeTo) {
    return upgradeTo.equals(Optional.of(tier));
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
            forGuest(over.tier(), over.upgradeTo())
                ? "As a guest you can have one piece of each format, and you have had your "
                    + first.format().wireName()
                    + " piece. Sign up, free of charge, for more: what you have made stays yours."
                : "Your plan "
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
    Optional<Format> format = Parameters.query(request, "format").map(GenerationRoutes::format);
    List<String> words =
        Parameters.query(request, "q").map(GenerationRoutes::words).orElse(List.of());
    Jobs.Scope scope =
        Parameters.query(request, "revises")
            .map(GenerationRoutes::revisionsOf)
            .orElseGet(Jobs.Scope.WithoutRevisions::new);
    List<Job> jobs =
        crew.readJobs()
            .page(caller.user().id(), new Jobs.Query(status, format, words, scope, before, limit));
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
    Format format = ArtifactRoutes.format(request);
    JobId id = jobId(request);
    UserId user = caller.user().id();
    Optional<Integer> version = Parameters.query(request, "version").map(GenerationRoutes::version);
    ReadJobs.Piece read =
        version.isPresent()
            ? crew.readJobs().piece(id, user, format, version.get())
            : crew.readJobs().piece(id, user, format);
    switch (read) {
      case ReadJobs.Piece.Found(Job job, StoredArtifact artifact) ->
          exportRoutes.piece(request, response, job, artifact);
      case ReadJobs.Piece.Missing(Job job) ->
          throw Problem.of(Problem.Code.NOT_FOUND, missing(job, version)).asException();
      case ReadJobs.Piece.NoSuchJob() -> throw noSuchJob();
    }
  }

  private static String missing(Job job, Optional<Integer> version) {
    if (job.revision().isPresent()) {
      return "What came of this job is a version of the piece of job "
          + job.revision().get().of()
          + ".";
    }
    if (version.isPresent()) {
      return "There is no such version of the piece, or not any more.";
    }
    return job.status().isFinal()
        ? "The job did not come to a piece of that format; see its results."
        : "The piece is not ready yet; watch the job's stream.";
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
          throw Problem.of(
                  Problem.Code.CONFLICT,
                  "The job, or a revision of one of its pieces, still waits or runs. Cancel that"
                      + " first.")
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

  private static Format format(String name) {
    return Format.ofWireName(name)
        .orElseThrow(() -> invalid("format", "A format is one of blog, social, audio, video."));
  }

  private static List<String> words(String question) {
    if (FreeText.length(question) > MAX_QUESTION) {
      throw invalid("q", "What you look for may have " + MAX_QUESTION + " characters.");
    }
    return SearchText.words(question);
  }

  private static Jobs.Scope revisionsOf(String id) {
    return new Jobs.Scope.RevisionsOf(
        JobId.parse(id)
            .orElseThrow(() -> invalid("revises", "Send the id of the job that is revised.")));
  }

  private static int version(String number) {
    if (!number.matches("[1-9]\\d{0,8}")) {
      throw invalid("version", "Versions count from 1.");
    }
    return Integer.parseInt(number);
  }

  private static Problem.Thrown invalid(String name, String message) {
    return Problem.invalid(List.of(new FieldProblem("/query/" + name, "invalid", message)))
        .asException();
  }
}
