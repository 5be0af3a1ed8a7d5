package io.contentcrew.app;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.ports.CrewObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Turns what happens into metrics; those of models are named as OpenTelemetry's conventions for
 * generative AI name them.
 */
final class CrewMetrics implements CrewObserver {
  private final MeterRegistry registry;

  CrewMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void jobSubmitted(Job job) {
    count("crew.jobs.submitted", "tier", job.tier().value(), "engine", job.engine().name().value());
  }

  @Override
  public void jobRefused(String code) {
    count("crew.jobs.refused", "reason", code);
  }

  @Override
  public void jobStarted(Job job, Duration waited) {
    time("crew.jobs.waited", waited, "tier", job.tier().value());
  }

  @Override
  public void jobEnded(Job job) {
    String status = job.status().wireName();
    String code = job.failure().map(failure -> failure.code().name()).orElse("none");
    count("crew.jobs.ended", "status", status, "code", code);
    job.startedAt()
        .ifPresent(
            from ->
                job.finishedAt()
                    .ifPresent(
                        to ->
                            time(
                                "crew.jobs.duration",
                                Duration.between(from, to),
                                "status",
                                status)));
  }

  @Override
  public void firstText(Job job, Duration after) {
    time("crew.jobs.first.text", after, "engine", job.engine().name().value());
  }

  @Override
  public void modelCalled(
      EngineName engine,
      ModelName model,
      Task task,
      Duration took,
      Optional<Completion> completion,
      Optional<Failure> failure) {
    String error = failure.map(reason -> reason.code().name()).orElse("none");
    time(
        "gen_ai.client.operation.duration",
        took,
        "gen_ai.system",
        engine.value(),
        "gen_ai.request.model",
        model.value(),
        "crew.task",
        task.wireName(),
        "error.type",
        error);
    completion.ifPresent(
        answer -> {
          tokens(engine, model, "input", answer.tokens().input());
          tokens(engine, model, "output", answer.tokens().output());
          time("crew.model.queued", answer.timings().queued(), "gen_ai.system", engine.value());
        });
  }

  private void tokens(EngineName engine, ModelName model, String type, int tokens) {
    Counter.builder("gen_ai.client.token.usage")
        .tags(
            "gen_ai.system",
            engine.value(),
            "gen_ai.request.model",
            model.value(),
            "gen_ai.token.type",
            type)
        .register(registry)
        .increment(tokens);
  }

  @Override
  public void askedAgain(Task task, List<Finding> findings) {
    count("crew.model.asked.again", "task", task.wireName());
  }

  @Override
  public void cacheLookedUp(boolean hit) {
    count("crew.cache.lookups", "result", hit ? "hit" : "miss");
  }

  @Override
  public void eventsFlushed(int jobs, int entries, Duration took) {
    time("crew.events.flush", took);
    registry.counter("crew.events.stored").increment(entries);
  }

  @Override
  public void artifactReady(Job job, Format format) {
    count("crew.artifacts.ready", "format", format.wireName(), "tier", job.tier().value());
  }

  @Override
  public void webhookHandled(PaymentProviderName provider, String type, String outcome) {
    count(
        "crew.webhooks",
        "provider",
        provider.value(),
        "type",
        WebhookTypes.bounded(type),
        "outcome",
        outcome);
  }

  private void count(String name, String... tags) {
    registry.counter(name, tags).increment();
  }

  private void time(String name, Duration took, String... tags) {
    Timer.builder(name).tags(tags).register(registry).record(took);
  }
}
