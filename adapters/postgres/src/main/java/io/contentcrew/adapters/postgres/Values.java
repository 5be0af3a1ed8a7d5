package io.contentcrew.adapters.postgres;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** What is bound to a statement, each value as exactly the type that the database has for it. */
final class Values {
  private final SqlStatement<?> statement;

  Values(SqlStatement<?> statement) {
    this.statement = statement;
  }

  @FunctionalInterface
  private interface Setter {
    void set(PreparedStatement prepared, int position) throws SQLException;
  }

  private Values bind(String name, Setter setter) {
    statement.bind(name, (position, prepared, context) -> setter.set(prepared, position));
    return this;
  }

  Values uuid(String name, UUID value) {
    return bind(name, (prepared, position) -> prepared.setObject(position, value));
  }

  Values uuid(String name, Optional<UUID> value) {
    return bind(
        name,
        (prepared, position) -> prepared.setObject(position, value.orElse(null), Types.OTHER));
  }

  Values text(String name, @Nullable String value) {
    return bind(name, (prepared, position) -> prepared.setString(position, storable(value)));
  }

  Values text(String name, Optional<String> value) {
    return text(name, value.orElse(null));
  }

  Values number(String name, int value) {
    return bind(name, (prepared, position) -> prepared.setInt(position, value));
  }

  Values number(String name, long value) {
    return bind(name, (prepared, position) -> prepared.setLong(position, value));
  }

  Values number(String name, @Nullable Long value) {
    return bind(name, (prepared, position) -> prepared.setObject(position, value, Types.BIGINT));
  }

  Values flag(String name, boolean value) {
    return bind(name, (prepared, position) -> prepared.setBoolean(position, value));
  }

  Values bytes(String name, byte @Nullable [] value) {
    return bind(name, (prepared, position) -> prepared.setBytes(position, value));
  }

  Values time(String name, Instant value) {
    return bind(name, (prepared, position) -> prepared.setObject(position, stored(value)));
  }

  Values time(String name, Optional<Instant> value) {
    return value
        .map(instant -> time(name, instant))
        .orElseGet(
            () ->
                bind(
                    name,
                    (prepared, position) ->
                        prepared.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE)));
  }

  /** A length of time in seconds, for {@code make_interval(secs => ...)}. */
  Values seconds(String name, Duration value) {
    return bind(
        name,
        (prepared, position) ->
            prepared.setDouble(position, value.getSeconds() + value.getNano() / 1e9));
  }

  Values uuids(String name, List<UUID> values) {
    return array(name, "uuid", values.toArray());
  }

  Values numbers(String name, List<? extends @Nullable Number> values) {
    return array(name, "int8", values.toArray());
  }

  Values texts(String name, List<? extends @Nullable String> values) {
    return array(name, "text", values.stream().map(Values::storable).toArray());
  }

  Values times(String name, List<? extends @Nullable Instant> values) {
    return array(
        name,
        "timestamptz",
        values.stream().map(value -> value == null ? null : stored(value)).toArray());
  }

  Values blobs(String name, List<byte[]> values) {
    return array(name, "bytea", values.toArray(byte[][]::new));
  }

  private Values array(String name, String type, Object[] values) {
    return bind(
        name,
        (prepared, position) ->
            prepared.setArray(position, prepared.getConnection().createArrayOf(type, values)));
  }

  static byte[] bytes(UUID value) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits())
        .array();
  }

  /** The text as PostgreSQL can keep it: it has no place for the character NUL. */
  static @Nullable String storable(@Nullable String text) {
    return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  /** With the fraction that PostgreSQL keeps, so that what is read equals what was written. */
  private static OffsetDateTime stored(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> maybeTime(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static Optional<UUID> maybeUuid(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, UUID.class));
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static Optional<String> maybeText(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
