package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.generation.ArtifactLayout;
import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.ports.generation.ArtifactExporter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract lets a right exporter pass and catches wrong ones. */
class ArtifactExporterContractTest {
  @Nested
  class A_right_exporter extends Contract {
    A_right_exporter() {
      super(new Plain(ArtifactExporterContractTest::all));
    }
  }

  /** All blocks, as records show themselves; and a link for each that is written. */
  private static String all(ArtifactExporter.Piece piece) {
    return ArtifactLayout.of(piece.stored(), piece.language()) + " " + sample(piece);
  }

  private static String sample(ArtifactExporter.Piece piece) {
    return piece.stored().engine().demo() ? ArtifactLayout.SAMPLE : "";
  }

  private record Plain(Function<Piece, String> text) implements ArtifactExporter {
    @Override
    public Set<ExportForm> forms() {
      return EnumSet.of(ExportForm.TXT);
    }

    @Override
    public byte[] export(Piece piece, ExportForm form) {
      if (form != ExportForm.TXT) {
        throw new IllegalArgumentException("not made here");
      }
      return text.apply(piece).getBytes(StandardCharsets.UTF_8);
    }
  }

  private static class Contract extends ArtifactExporterContract {
    private static final Pattern FOLLOWED = Pattern.compile("href=(\\S*)");
    private final ArtifactExporter exporter;

    Contract(ArtifactExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    protected ArtifactExporter exporter() {
      return exporter;
    }

    @Override
    protected String read(byte[] file, ExportForm form) {
      return new String(file, StandardCharsets.UTF_8);
    }

    @Override
    protected List<String> links(byte[] file, ExportForm form) {
      return FOLLOWED.matcher(read(file, form)).results().map(link -> link.group(1)).toList();
    }
  }

  private static void caught(ArtifactExporter exporter, Consumer<ArtifactExporterContract> test) {
    assertThatThrownBy(() -> test.accept(new Contract(exporter)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void an_exporter_without_a_form_is_caught() {
    ArtifactExporter none =
        new ArtifactExporter() {
          @Override
          public Set<ExportForm> forms() {
            return Collections.emptySet();
          }

          @Override
          public byte[] export(Piece piece, ExportForm form) {
            return new byte[0];
          }
        };
    caught(none, ArtifactExporterContract::it_makes_at_least_one_form_and_always_the_same);
    caught(none, ArtifactExporterContract::a_form_it_does_not_make_is_refused);
  }

  @Test
  void an_exporter_that_leaves_something_out_is_caught() {
    Plain title = new Plain(piece -> piece.name());
    caught(title, ArtifactExporterContract::all_text_of_a_piece_is_in_it);
    caught(title, ArtifactExporterContract::a_sample_says_that_it_is_one);
    caught(title, ArtifactExporterContract::whatever_a_text_holds_it_stays_text);
    caught(title, ArtifactExporterContract::text_that_nests_without_end_is_no_trouble);
  }

  @Test
  void an_exporter_that_calls_everything_a_sample_is_caught() {
    caught(
        new Plain(piece -> all(piece) + ArtifactLayout.SAMPLE),
        ArtifactExporterContract::all_text_of_a_piece_is_in_it);
  }

  @Test
  void an_exporter_that_numbers_its_files_is_caught() {
    AtomicInteger number = new AtomicInteger();
    Plain numbered = new Plain(piece -> all(piece) + number.incrementAndGet());
    assertThatThrownBy(
            () -> new Contract(numbered).equal_pieces_give_equal_bytes_also_at_the_same_time())
        .isInstanceOf(AssertionError.class);
    assertThat(number.get()).isPositive();
  }

  @Test
  void an_exporter_whose_links_lead_anywhere_is_caught() {
    caught(
        new Plain(piece -> all(piece).replace("](", " href=")),
        ArtifactExporterContract::links_lead_only_where_a_reader_may_be_led);
  }
}
