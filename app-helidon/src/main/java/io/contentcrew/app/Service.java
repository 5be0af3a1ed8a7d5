package io.contentcrew.app;

import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.user.UserAccounts;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The service, from the first open port to the last closed one. */
final class Service implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.app");

  private final AppConfig config;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Wiring wiring;
  private final Watchdog watchdog = new Watchdog();
  private final WebServer server;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final OpenStreams openStreams;
  private final SecurityHeaders securityHeaders;
  private final Cors cors;
  private final BodyBudget bodyBudget;
  private final Site site;

  private Service(AppConfig config, InstantSource clock, BodyBudget bodyBudget) {
    this.config = config;
    this.bodyBudget = bodyBudget;
    openStreams = new OpenStreams(config.edges().streamsPerUser(), config.edges().maxStreams());
    securityHeaders = new SecurityHeaders(config.edges().isHttps());
    cors = new Cors(config.edges().corsOrigins());
    site = SiteReader.read(config.service().site());
    requireFree(config.service().host(), config.service().port());
    wiring = Wiring.of(config, metrics, clock);
    try {
      server = server().start();
      if (!server.isRunning()) { // that it could not listen is only logged by Helidon
        throw cannotListen(config.service().host(), config.service().port(), null);
      }
    } catch (RuntimeException e) {
      wiring.close();
      throw e;
    }
    config.payments().warnings().forEach(warning -> LOG.log(Level.WARNING, "{0}", warning));
    wiring.payments().test().ifPresent(test -> test.courier().deliverTo(ownDoor()));
  }

  /** Where the test provider delivers, from within this process. */
  private URI ownDoor() {
    String host = config.service().host();
    String reachable = Set.of("0.0.0.0", "::").contains(host) ? "localhost" : host;
    try {
      return new URI("http", null, reachable, port(), "/api/webhooks/test", null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("HOST is listened to, and cannot be called", e);
    }
  }

  /** Found out first: the server would tell it with a stack trace, after all else has started. */
  private static void requireFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw cannotListen(host, port, e);
    }
  }

  private static IllegalStateException cannotListen(
      String host, int port, @Nullable IOException cause) {
    return new IllegalStateException(
        "it cannot listen at %s:%d%s: stop what does, or choose another HOST or PORT"
            .formatted(host, port, cause == null ? "" : " (" + cause.getMessage() + ")"),
        cause);
  }

  /** Starts everything; when this returns, requests are served. */
  static Service start(AppConfig config) {
    return start(config, Wiring.SYSTEM_CLOCK);
  }

  /** Does so by that clock, which need not be right. */
  static Service start(AppConfig config, InstantSource clock) {
    return start(config, clock, BodyBudget.ofHeap());
  }

  /** Does so with that much room for bodies of requests. */
  static Service start(AppConfig config, InstantSource clock, BodyBudget bodyBudget) {
    return new Service(config, clock, bodyBudget);
  }

  int port() {
    return server.port();
  }

  Wiring wiring() {
    return wiring;
  }

  /** The web page. */
  Site site() {
    return site;
  }

  private WebServer server() {
    Edges edges = config.edges();
    return WebServer.builder()
        .host(config.service().host())
        .port(config.service().port())
        .connectionOptions(
            SocketOptions.builder().tcpNoDelay(true).socketReuseAddress(true).build())
        .backlog(4096)
        .maxTcpConnections(edges.maxConnections())
        .protocolsDiscoverServices(false) // the next line is all that there is
        .addConnectionSelector(
            new Connections(edges.headerTimeout(), edges.writeTimeout(), watchdog))
        .writeQueueLength(0)
        // streams and answers come whole; a second buffer for each connection would only cost
        .writeBufferSize(0)
        // beyond what Bodies answers for in peace: there the connection is cut, maybe unread
        .maxPayloadSize(largestBody() + Bodies.SWALLOWED + 1)
        .idleConnectionTimeout(Duration.ofMinutes(5))
        .shutdownGracePeriod(config.service().shutdownGrace())
        .shutdownHook(false) // ours closes more than the server, and in order
        .directHandlers(Problems.directHandlers(securityHeaders, cors))
        .addRouting(routes())
        .build();
  }

  private long largestBody() {
    int webhook = config.payments().maxWebhookBytes();
    return Math.max(Math.max(config.service().maxBodyBytes(), webhook), 1 << 20);
  }

  private HttpRouting.Builder routes() {
    HttpRouting.Builder routes = HttpRouting.builder();
    routes.addFilter(bodies()::leftovers);
    routes.addFilter(new AccessLog(new HttpMetrics(metrics), securityHeaders)::filter);
    routes.addFilter(cors::filter);
    routes.addFilter(HeadRequests::filter);
    routing().forEach(registration -> registration.with(routes));
    Problems.register(routes);
    measure(wiring.crew());
    return routes;
  }

  /** Something that adds routes to the server. */
  @FunctionalInterface
  interface Registration {
    /** Adds them. */
    void with(HttpRouting.Builder routing);
  }

  /** All routes there are. */
  List<Registration> routing() {
    ContentCrew crew = wiring.crew();
    Bodies bodies = bodies();
    UserAccounts accounts = crew.users();
    Rates rates = new Rates(crew.rateLimiter());
    Cookies cookies = new Cookies(config.accounts().secureCookie());
    Csrf csrf = new Csrf(wiring.seals(), config.ownOrigins());
    Welcome welcome = new Welcome(cookies, csrf);
    Callers callers = new Callers(accounts.authenticate(), crew.tiers(), cookies, csrf, rates);
    AddressLimits limits =
        new AddressLimits(
            rates,
            new ClientAddresses(config.edges().trustedProxies()),
            config.accounts().limits(),
            config.payments().failuresPerMinute());
    OAuthRoutes oauth =
        new OAuthRoutes(
            accounts.signInWithProvider(),
            callers,
            bodies,
            limits,
            cookies,
            welcome,
            config.accounts().callback());
    AppConfig.Jobs jobs = config.jobs();
    StreamRoute streams =
        new StreamRoute(
            crew.watchGeneration(),
            callers,
            watchdog,
            jobs.sseHeartbeat(),
            jobs.sseWriteTimeout(),
            openStreams);
    HttpService users = new UserRoutes(accounts, callers, bodies, limits, csrf, cookies, welcome);
    HttpService passwords = new PasswordRoutes(accounts, callers, bodies, limits);
    HttpService keys = new ApiKeyRoutes(accounts.manageApiKeys(), callers, bodies);
    HttpService account = new AccountRoutes(accounts, callers, bodies, cookies);
    HttpService generations = new GenerationRoutes(crew, callers, bodies, streams);
    HttpService billing =
        new BillingRoutes(crew.billing(), crew.tiers(), callers, bodies, billingPage());
    HttpService webhooks =
        new WebhookRoutes(
            crew.billing().receiveSubscriptionEvent(),
            bodies,
            limits,
            config.payments().maxWebhookBytes(),
            config.payments().test());
    HttpService health =
        new HealthRoutes(crew, wiring.storageName(), wiring.redis(), draining::get);
    return List.of(
        routing -> routing.register("/v1/auth/password", passwords),
        routing -> routing.register("/v1/auth/oauth", oauth.visits()),
        routing -> routing.register("/v1/auth/identities", oauth.identities()),
        routing -> routing.register("/v1/auth", users),
        routing -> routing.register("/v1/api-keys", keys),
        routing -> routing.register("/v1/account", account),
        routing -> routing.register("/v1/content", generations),
        routing -> routing.register("/v1/billing", billing),
        routing -> routing.register("/v1", new TierRoutes(crew, callers)),
        routing -> routing.register("/api/webhooks", webhooks),
        routing -> wiring.payments().test().ifPresent(test -> testPage(routing, test)),
        routing -> routing.register("/health", health),
        routing -> routing.get("/metrics", this::scrape),
        new DocsRoutes()::register,
        new SiteRoutes(site)::register); // last, as it takes what nobody else does
  }

  private static void testPage(HttpRouting.Builder routing, PaymentParts.Test test) {
    routing.register("/test-payments", new TestCheckoutRoutes(test.payments()));
  }

  /** The page of the web page that is about what was bought. */
  private URI billingPage() {
    return config.accounts().callback().resolve("/billing");
  }

  private Bodies bodies() {
    return new Bodies(
        config.service().maxBodyBytes(), config.service().bodyTimeout(), watchdog, bodyBudget);
  }

  private void scrape(ServerRequest request, ServerResponse response) {
    Replies.text(response, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
  }

  private void measure(ContentCrew crew) {
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ClassLoaderMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new WebhookGauges(crew.billing().inspectWebhooks(), wiring.clock()).bindTo(metrics);
    gauge("crew.jobs.running", "Jobs that run in this instance", crew::runningJobs);
    gauge("crew.streams.open", "Event streams that are open", openStreams::count);
    gauge("crew.bodies.held.bytes", "Bytes of requests' bodies that are held", bodyBudget::held);
    gauge(
        "crew.signals.heard",
        "1 if signals of other instances arrive by the preferred way, else 0",
        () -> crew.hearsOthers() ? 1 : 0);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(metrics);
  }

  /**
   * Stops: says so to readiness checks, takes up no more jobs, and serves on until load balancers
   * have turned away; then says so to readers, gives running jobs back, stores what there is, and
   * lets go of everything. Jobs go on at another instance, or with the next start. Idempotent.
   */
  @Override
  public void close() {
    if (!draining.compareAndSet(false, true)) {
      return;
    }
    LOG.log(
        Level.INFO,
        "Stopping: no more jobs are taken up, requests are served for {0} more",
        config.service().drainDelay());
    wiring.crew().drain();
    awaitLoadBalancers();
    LOG.log(Level.INFO, "Giving {0} jobs back and letting readers go", wiring.crew().runningJobs());
    wiring.crew().handOver(); // first, so that streams end with a word and not with a cut
    server.stop();
    watchdog.close();
    wiring.close();
    metrics.close();
    LOG.log(Level.INFO, "Stopped");
  }

  private void awaitLoadBalancers() {
    try {
      Thread.sleep(config.service().drainDelay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // in a hurry: they will see for themselves
    }
  }
}
