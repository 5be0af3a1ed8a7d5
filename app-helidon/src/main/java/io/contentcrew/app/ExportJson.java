package io.contentcrew.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.ports.generation.UsageLedger;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.user.ApiKeys;
import io.contentcrew.ports.user.AuditLog;
import io.contentcrew.ports.user.Identities;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.user.ExportAccount;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes an export as one JSON object, piece by piece. */
final class ExportJson implements ExportAccount.Sink {
  private final Supplier<OutputStream> target;
  private @Nullable OutputStream out;
  private @Nullable JsonGenerator generator;
  private boolean jobsEnded;

  /** Writes to {@code target}, which is asked for when the first piece is there. */
  ExportJson(Supplier<OutputStream> target) {
    this.target = target;
  }

  boolean isBegun() {
    return generator != null;
  }

  private JsonGenerator json() throws IOException {
    if (generator == null) {
      out = target.get();
      generator = Json.generator(out);
      generator.writeStartObject();
    }
    return generator;
  }

  @Override
  public void account(Account account) {
    member("account", Views.account(account));
  }

  @Override
  public void identities(List<Identities.Linked> identities) {
    member("identities", identities.stream().map(Views::linked).toList());
  }

  @Override
  public void sessions(List<Sessions.Open> sessions) {
    member("sessions", sessions.stream().map(Views::session).toList());
  }

  @Override
  public void apiKeys(List<ApiKeys.Listed> keys) {
    member("api_keys", keys.stream().map(Views::apiKey).toList());
  }

  @Override
  public void subscriptions(List<Subscriptions.Held> subscriptions) {
    member("subscriptions", subscriptions.stream().map(Views::subscription).toList());
  }

  @Override
  public void purchases(List<Subscription> purchases) {
    member("purchases", purchases.stream().map(Views::purchase).toList());
  }

  @Override
  public void payments(List<BillingLedger.Row> rows) {
    member("payments", rows.stream().map(Views::payment).toList());
  }

  @Override
  public void usage(List<UsageLedger.Period> periods) {
    member("usage", periods.stream().map(Views::period).toList());
    write(json -> json.writeArrayFieldStart("jobs"));
  }

  @Override
  public void job(Job job, List<StoredArtifact> artifacts) {
    Map<String, Object> view = Views.job(job);
    view.put("artifacts", artifacts.stream().map(Views::artifact).toList());
    element(view);
  }

  @Override
  public void securityEvent(AuditLog.Numbered event) {
    write(this::endJobs);
    element(Views.securityEvent(event.event()));
  }

  private void endJobs(JsonGenerator json) throws IOException {
    if (!jobsEnded) {
      jobsEnded = true;
      json.writeEndArray();
      json.writeArrayFieldStart("security_events");
    }
  }

  private void member(String name, Object value) {
    write(json -> json.writePOJOField(name, value));
  }

  private void element(Object value) {
    write(json -> json.writePOJO(value));
  }

  private interface Piece {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private void write(Piece piece) {
    try {
      piece.writeTo(json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the object: only a whole export has an end. */
  void finish() throws IOException {
    JsonGenerator json = json();
    endJobs(json);
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
    if (out != null) {
      out.close();
    }
  }
}
