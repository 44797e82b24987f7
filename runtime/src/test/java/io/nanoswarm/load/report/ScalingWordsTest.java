package io.nanoswarm.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingWordsTest {
  private static final int REPEATS = 5;

  @ParameterizedTest
  @CsvSource({"100, 0.05, 0.004, 1", "250, 0.2, 0.005, 2", "10, 0.01, 0.01, 3"})
  void known_parameters_are_found_again_in_points_with_noise(
      double lambda, double sigma, double kappa, long seed) {
    var scaling =
        ScalingWords.of(points(law(lambda, sigma, kappa), 0.02, seed, 1, 2, 4, 8, 16, 32));

    var curve = Objects.requireNonNull(scaling.curve());
    assertThat(curve.lambda()).isCloseTo(lambda, within(0.06 * lambda));
    assertThat(curve.sigma()).isCloseTo(sigma, within(0.025));
    assertThat(curve.kappa()).isCloseTo(kappa, within(0.25 * kappa));
    var best = Objects.requireNonNull(scaling.best());
    double peak = Math.sqrt((1 - sigma) / kappa);
    assertThat(peak).isBetween(best.range().low() * 0.95, best.range().high() * 1.05);
    assertThat(best.agents()).isCloseTo(peak, within(0.15 * peak));
  }

  @Test
  void points_without_noise_are_met_exactly() {
    var curve =
        Objects.requireNonNull(
            ScalingWords.of(points(law(120, 0.1, 0.002), 0, 1, 1, 2, 4, 8, 16)).curve());

    assertThat(curve.lambda()).isCloseTo(120, within(0.01));
    assertThat(curve.sigma()).isCloseTo(0.1, within(1e-4));
    assertThat(curve.kappa()).isCloseTo(0.002, within(1e-5));
  }

  @Test
  void what_only_grew_has_no_best_number_within_what_was_measured() {
    var scaling = ScalingWords.of(points(law(100, 0.02, 0.0001), 0.01, 7, 1, 2, 4, 8));

    assertThat(scaling.curve()).isNotNull();
    assertThat(scaling.best()).isNull();
    assertThat(scaling.words())
        .contains(
            "No best number of agents within what was measured: throughput did not fall up to 8.");
  }

  @Test
  void a_fall_within_the_noise_is_no_fall() {
    var scaling = ScalingWords.of(points(n -> n < 4 ? 100 * n : 300, 0.2, 11, 1, 2, 4, 8));

    assertThat(scaling.best()).isNull();
  }

  @Test
  void one_value_that_is_a_little_lower_is_no_fall() {
    double[] seen = {103, 146, 196, 192};
    var once = points(n -> seen[(int) Math.round(Math.log(n) / Math.log(2))], 0, 1, 1, 2, 4, 8);

    var scaling = ScalingWords.of(once.stream().map(ScalingWordsTest::once).toList());

    assertThat(scaling.best()).isNull();
  }

  @Test
  void fewer_than_three_points_have_no_law() {
    var scaling = ScalingWords.of(points(law(100, 0.1, 0.01), 0, 1, 1, 8));

    assertThat(scaling.curve()).isNull();
    assertThat(scaling.words()).singleElement().asString().contains("Too few points");
  }

  @Test
  void three_points_have_a_curve_but_no_best_number() {
    var scaling = ScalingWords.of(points(law(100, 0.1, 0.05), 0.01, 1, 1, 4, 16));

    assertThat(scaling.curve()).isNotNull();
    assertThat(scaling.best()).isNull();
    assertThat(scaling.words()).anyMatch(word -> word.contains("takes at least 4 points"));
  }

  @Test
  void three_numbers_out_of_three_points_are_told_without_ranges() {
    var one = points(law(100, 0.1, 0.05), 0, 1, 1, 4, 16).stream().map(ScalingWordsTest::once);
    var scaling = ScalingWords.of(one.toList());

    assertThat(Objects.requireNonNull(scaling.curve()).sigmaRange()).isNull();
    assertThat(scaling.words()).anyMatch(word -> word.contains("nothing is left to say how sure"));
  }

  @Test
  void nothing_done_fits_nothing() {
    var scaling = ScalingWords.of(points(_ -> 0, 0, 1, 1, 2, 4, 8));

    assertThat(scaling.curve()).isNull();
  }

  @Test
  void the_same_points_say_the_same() {
    var points = points(law(90, 0.1, 0.01), 0.05, 3, 1, 2, 4, 8, 16);

    assertThat(ScalingWords.of(points)).isEqualTo(ScalingWords.of(points));
  }

  private static DoubleUnaryOperator law(double lambda, double sigma, double kappa) {
    return n -> lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
  }

  private static List<LoadReport.Point> points(
      DoubleUnaryOperator throughput, double noise, long seed, int... agents) {
    var random = new SplittableRandom(seed);
    return Arrays.stream(agents)
        .mapToObj(count -> {
          var values = new ArrayList<Double>();
          for (int i = 0; i < REPEATS; i++) {
            double off = noise == 0 ? 0 : random.nextDouble(-noise, noise);
            values.add(throughput.applyAsDouble(count) * (1 + off));
          }
          return Reports.point(count, Spread.of(values));
        })
        .toList();
  }

  private static LoadReport.Point once(LoadReport.Point point) {
    return Reports.point(point.agents(), Spread.of(List.of(point.throughput().median())));
  }
}
