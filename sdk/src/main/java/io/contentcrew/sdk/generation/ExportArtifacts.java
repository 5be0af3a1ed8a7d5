package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.ArtifactExporter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Lets users take their pieces away, one in a form or all in all forms. Markdown and plain text can
 * always be had; the other forms take an {@link ArtifactExporter}. Safe for use by many threads.
 */
public final class ExportArtifacts {
  private static final int MAX_NAME = 200;

  private final ReadJobs readJobs;
  private final Map<ExportForm, ArtifactExporter> exporters = new EnumMap<>(ExportForm.class);

  /**
   * Exports with those; of several that make a form the first one does it, and none of them needs
   * to make Markdown or plain text.
   */
  public ExportArtifacts(ReadJobs readJobs, List<ArtifactExporter> given) {
    this.readJobs = readJobs;
    given.forEach(this::add);
    add(new TextExporter());
  }

  private void add(ArtifactExporter exporter) {
    exporter.forms().forEach(form -> exporters.putIfAbsent(form, exporter));
  }

  /**
   * A file to take away.
   *
   * @param name without a folder: letters and digits of any script, hyphens, and the ending
   */
  // an array of its own for whoever asked; nobody compares files
  @SuppressWarnings("ArrayRecordComponent")
  public record File(String name, ExportForm form, byte[] bytes) {}

  /** What becomes of the wish to export a piece. */
  public sealed interface Outcome {
    /** Here it is. */
    record Exported(File file) implements Outcome {}

    /** Nobody here makes that form; these can be had. */
    record NoSuchForm(Set<ExportForm> offered) implements Outcome {
      public NoSuchForm {
        offered = Collections.unmodifiableSet(offered);
      }
    }

    /** The job does not have the piece, or not yet. */
    record Missing(Job job) implements Outcome {}

    /** The user has no such job. */
    record NoSuchJob() implements Outcome {}
  }

  /** The forms that can be had, in their order. */
  public Set<ExportForm> forms() {
    return Collections.unmodifiableSet(exporters.keySet());
  }

  /**
   * The newest version of a piece in that form.
   *
   * @throws io.contentcrew.ports.PortFailureException if it is too large for that form
   */
  public Outcome export(JobId id, UserId owner, Format format, ExportForm form) {
    return switch (readJobs.piece(id, owner, format)) {
      case ReadJobs.Piece.Found(Job job, StoredArtifact stored) ->
          file(job, stored, form)
              .<Outcome>map(Outcome.Exported::new)
              .orElseGet(() -> new Outcome.NoSuchForm(forms()));
      case ReadJobs.Piece.Missing(Job job) -> new Outcome.Missing(job);
      case ReadJobs.Piece.NoSuchJob() -> new Outcome.NoSuchJob();
    };
  }

  /**
   * A piece that was read before, whichever version, in that form; empty if nobody here makes it.
   *
   * @throws io.contentcrew.ports.PortFailureException if it is too large for that form
   */
  public Optional<File> file(Job job, StoredArtifact stored, ExportForm form) {
    return Optional.ofNullable(exporters.get(form))
        .map(exporter -> exporter.export(piece(job, stored), form))
        .map(bytes -> new File(fileName(job, stored, form.extension()), form, bytes));
  }

  /** The name of a file of a piece with that ending. */
  public static String fileName(Job job, StoredArtifact stored, String extension) {
    return FileName.of(titleOf(job))
        + "-"
        + stored.artifact().format().wireName()
        + "."
        + extension;
  }

  /** All pieces of a job in all forms, to be written as a zip file. */
  public static final class Bundle {
    private final String name;
    private final Job job;
    private final List<StoredArtifact> pieces;
    private final ExportArtifacts exports;

    private Bundle(Job job, List<StoredArtifact> pieces, ExportArtifacts exports) {
      this.name = FileName.of(titleOf(job)) + ".zip";
      this.job = job;
      this.pieces = pieces;
      this.exports = exports;
    }

    /** The name of the zip file. */
    public String name() {
      return name;
    }

    /**
     * Writes the zip file, one form of one piece after the other, and leaves the stream open. Of an
     * exception there remains a file without an end, which nobody takes for whole.
     *
     * @throws IOException if the stream throws it
     * @throws io.contentcrew.ports.PortFailureException if a piece is too large for a form
     */
    public void writeTo(OutputStream out) throws IOException {
      ZipOutputStream zip = new ZipOutputStream(out);
      for (StoredArtifact stored : pieces) {
        for (ExportForm form : exports.forms()) {
          File file = exports.file(job, stored, form).orElseThrow();
          ZipEntry entry = new ZipEntry(file.name());
          entry.setTimeLocal(LocalDateTime.ofInstant(stored.createdAt(), ZoneOffset.UTC));
          zip.putNextEntry(entry);
          zip.write(file.bytes());
          zip.closeEntry();
        }
      }
      zip.finish();
    }
  }

  /** All pieces that a job of that owner has; empty if there is no such job or no piece yet. */
  public Optional<Bundle> all(JobId id, UserId owner) {
    return readJobs
        .find(id, owner)
        .filter(view -> !view.artifacts().isEmpty())
        .map(view -> new Bundle(view.job(), view.artifacts(), this));
  }

  private static ArtifactExporter.Piece piece(Job job, StoredArtifact stored) {
    return new ArtifactExporter.Piece(stored, job.brief().language(), titleOf(job));
  }

  /** What the job is called, in one line. */
  private static String titleOf(Job job) {
    String name = job.title().map(Title::value).orElse(job.brief().topic());
    String line = name.replaceAll("\\s+", " ").strip();
    int length = Math.min(line.codePointCount(0, line.length()), MAX_NAME);
    return line.substring(0, line.offsetByCodePoints(0, length));
  }
}
