package io.contentcrew.sdk.tier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.Price;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.TierLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the tiers from a YAML file. Every problem of a file is told at once, with the place where
 * it is.
 */
public final class TierFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private static final Set<String> MEMBERS =
      Set.of(
          "display_name",
          "rank",
          "model",
          "monthly",
          "parallel_tasks",
          "active_jobs",
          "generate_per_minute",
          "requests_per_minute",
          "keep_days",
          "priority",
          "api_keys",
          "price");

  private final List<String> problems = new ArrayList<>();

  private TierFile() {}

  /** The tiers that come with the SDK: free, basic, pro and enterprise. */
  public static TierCatalog standard() {
    return parse(standardText(), "tiers.yaml");
  }

  /** The file with the standard tiers, as a text to begin one's own from. */
  public static String standardText() {
    try (InputStream in = TierFile.class.getResourceAsStream("tiers.yaml")) {
      if (in == null) {
        throw new IllegalStateException("tiers.yaml is missing from the SDK");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The tiers in a file.
   *
   * @throws IllegalArgumentException if the file says something else than tiers; the message names
   *     every problem
   * @throws UncheckedIOException if it cannot be read
   */
  public static TierCatalog read(Path file) {
    try {
      return parse(Files.readString(file), file.getFileName().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the tiers file " + file, e);
    }
  }

  /**
   * The tiers in a text.
   *
   * @param source what to call the text in a complaint
   * @throws IllegalArgumentException if the text says something else than tiers; the message names
   *     every problem
   */
  public static TierCatalog parse(String yaml, String source) {
    JsonNode root;
    try {
      root = YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(source + " is no YAML: " + e.getOriginalMessage(), e);
    }
    TierFile file = new TierFile();
    List<Tier> tiers = file.tiers(root);
    if (file.problems.isEmpty()) {
      try {
        return new TierCatalog(tiers);
      } catch (IllegalArgumentException e) {
        file.problems.add(e.getMessage());
      }
    }
    throw new IllegalArgumentException(source + ": " + String.join("; ", file.problems));
  }

  private List<Tier> tiers(JsonNode root) {
    List<Tier> tiers = new ArrayList<>();
    JsonNode all = root.path("tiers");
    if (!all.isObject() || all.isEmpty()) {
      problems.add("there must be a map called tiers, with one entry for each tier");
      return tiers;
    }
    for (Map.Entry<String, JsonNode> entry : all.properties()) {
      int before = problems.size();
      tier(entry.getKey(), entry.getValue())
          .filter(tier -> problems.size() == before)
          .ifPresent(tiers::add);
    }
    return tiers;
  }

  private Optional<Tier> tier(String name, JsonNode node) {
    String at = "tiers." + name;
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(MEMBERS);
    unknown.forEach(
        member ->
            problems.add(at + "." + member + " is not known; known are " + new TreeSet<>(MEMBERS)));
    Map<Format, Allowance> monthly = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      monthly.put(
          format,
          allowance(
              at + ".monthly." + format.wireName(), node.path("monthly").path(format.wireName())));
    }
    try {
      TierLimits limits =
          new TierLimits(
              monthly,
              number(at, node, "parallel_tasks"),
              number(at, node, "active_jobs"),
              number(at, node, "generate_per_minute"),
              number(at, node, "requests_per_minute"),
              keepFor(at, node.path("keep_days")));
      return Optional.of(
          new Tier(
              new TierId(name),
              text(at, node, "display_name"),
              number(at, node, "rank"),
              limits,
              new ModelName(text(at, node, "model")),
              truth(at, node, "priority"),
              truth(at, node, "api_keys"),
              price(at, node.path("price"))));
    } catch (IllegalArgumentException e) {
      problems.add(at + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private Allowance allowance(String at, JsonNode node) {
    if (node.isTextual() && node.textValue().equals("unlimited")) {
      return Allowance.unlimited();
    }
    if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0) {
      return Allowance.of(node.longValue());
    }
    problems.add(at + " must be a whole number from 0, or unlimited");
    return Allowance.of(0);
  }

  private Optional<Duration> keepFor(String at, JsonNode days) {
    // files of the last release do not have it
    if (days.isMissingNode() || (days.isTextual() && days.textValue().equals("unlimited"))) {
      return Optional.empty();
    }
    if (days.isIntegralNumber() && days.canConvertToInt() && days.intValue() > 0) {
      return Optional.of(Duration.ofDays(days.intValue()));
    }
    problems.add(at + ".keep_days must be a whole number from 1, or unlimited");
    return Optional.empty();
  }

  private Optional<Price> price(String at, JsonNode node) {
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    Currency currency = Currency.getInstance(text(at + ".price", node, "currency"));
    return Optional.of(
        new Price(
            currency,
            number(at + ".price", node, "monthly"),
            number(at + ".price", node, "yearly")));
  }

  private int number(String at, JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      return value.intValue();
    }
    problems.add(at + "." + member + " must be a whole number");
    return 1;
  }

  private String text(String at, JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (value.isTextual() && !value.textValue().isBlank()) {
      return value.textValue();
    }
    problems.add(at + "." + member + " must be a text");
    return "unknown";
  }

  private boolean truth(String at, JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (!value.isBoolean()) {
      problems.add(at + "." + member + " must be true or false");
    }
    return value.asBoolean();
  }
}
