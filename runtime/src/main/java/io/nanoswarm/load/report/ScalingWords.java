package io.nanoswarm.load.report;

import io.nanoswarm.load.report.LoadReport.Point;
import io.nanoswarm.load.report.ScalabilityLaw.Fit;
import io.nanoswarm.load.report.ScalabilityLaw.Measured;
import io.nanoswarm.load.report.Scaling.Best;
import io.nanoswarm.load.report.Scaling.Curve;
import io.nanoswarm.load.report.Scaling.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what points of throughput tell about more agents, and no more than they carry. */
public final class ScalingWords {
  private static final int POINTS_FOR_A_CURVE = 3;
  private static final int POINTS_FOR_A_BEST = 4;

  /** Of the resamples, how many must have a peak for it to be told. */
  private static final double MOST = 0.95;

  private static final double NO_CONTENTION = 0.001;

  /** Below, coherency is none: a peak would lie at more than ten thousand agents. */
  private static final double NO_COHERENCY = 1e-8;

  private ScalingWords() {}

  /** Of points that were measured as fast as it went, in the order of agents. */
  public static Scaling of(List<Point> points) {
    if (points.size() < POINTS_FOR_A_CURVE) {
      return nothing(
          "Too few points for a law with three numbers: %d. Measure at least %d numbers of agents, as in --agents 1,2,4,8."
              .formatted(points.size(), POINTS_FOR_A_BEST));
    }
    var measured = new ArrayList<Measured>();
    for (Point point : points) {
      point.throughput().values().forEach(x -> measured.add(new Measured(point.agents(), x)));
    }
    Fit fit = ScalabilityLaw.fit(measured).orElse(null);
    return fit == null
        ? nothing("The scalability law fits no curve to these points.")
        : told(points, fit);
  }

  /** Where throughput is what arrived, it says nothing about agents. */
  public static Scaling ofSchedule() {
    return nothing(
        "With --rate the throughput is what arrives: without it, the scalability law is fitted.");
  }

  private static Scaling nothing(String why) {
    return new Scaling(null, null, List.of(why));
  }

  private static Scaling told(List<Point> points, Fit fit) {
    Curve curve = fit.curve();
    var words = new ArrayList<String>();
    words.add(
        String.format(
            Locale.ROOT,
            "One agent does λ = %s tasks a second.",
            around(curve.lambda(), curve.lambdaRange())));
    words.add(contention(curve));
    words.add(coherency(curve));
    words.add(
        curve.sigmaRange() == null
            ? "Three points determine the three numbers: nothing is left to say how sure they are."
            : String.format(
                Locale.ROOT,
                "In brackets: where nine of ten such tests would be expected, by a bootstrap; a"
                    + " point is off the curve by %.1f %%.",
                100 * curve.error()));
    Best best = best(points, fit, words);
    return new Scaling(curve, best, words);
  }

  private static String contention(Curve curve) {
    String sigma = around(curve.sigma(), curve.sigmaRange());
    Range range = curve.sigmaRange();
    if (range == null ? curve.sigma() < NO_CONTENTION : range.low() < NO_CONTENTION) {
      return "Contention σ = %s: cannot be told from none.".formatted(sigma);
    }
    return String.format(
        Locale.ROOT,
        "Contention σ = %s: %.0f %% of a task's time is spent where one agent goes at a time, so"
            + " that no number of agents does more than %s times what one does.",
        sigma,
        100 * curve.sigma(),
        Figure.of((Double) (1 / curve.sigma())));
  }

  private static String coherency(Curve curve) {
    String kappa = around(curve.kappa(), curve.kappaRange());
    Range range = curve.kappaRange();
    if (range == null ? curve.kappa() < NO_COHERENCY : range.low() < NO_COHERENCY) {
      return String.format(Locale.ROOT, "Coherency κ = %s: cannot be told from none.", kappa);
    }
    return String.format(
        Locale.ROOT,
        "Coherency κ = %s: what each pair of agents costs, which grows with their square.",
        kappa);
  }

  private static @Nullable Best best(List<Point> points, Fit fit, List<String> words) {
    int most = points.getLast().agents();
    if (points.size() < POINTS_FOR_A_BEST) {
      words.add(
          "Which number of agents is best takes at least %d points.".formatted(POINTS_FOR_A_BEST));
      return null;
    }
    if (!fell(points, fit.curve())) {
      words.add(
          "No best number of agents within what was measured: throughput did not fall up to %d."
              .formatted(most));
      return null;
    }
    List<Curve> peaked = fit.resamples().stream().filter(ScalingWords::hasPeak).toList();
    Curve curve = fit.curve();
    if (!hasPeak(curve) || peaked.size() < MOST * fit.resamples().size() || peaked.isEmpty()) {
      words.add(
          "Throughput fell towards %d agents, but where it is highest cannot be told from these points."
              .formatted(most));
      return null;
    }
    double at = peak(curve);
    Range range = ScalabilityLaw.range(peaked, ScalingWords::peak);
    if (at > most) {
      words.add(
          "No best number of agents within what was measured: the curve is highest beyond %d."
              .formatted(most));
      return null;
    }
    words.add(
        String.format(
            Locale.ROOT,
            "Best at N* = %.1f agents (%.1f–%.1f): about %.0f tasks a second; more agents do less.",
            at,
            range.low(),
            range.high(),
            curve.at(at)));
    return new Best(at, range, curve.at(at));
  }

  /**
   * Whether the last point is clearly below the highest: no value of the one reaches the other, and
   * by more than what points are off the curve, since one value each says nothing of that.
   */
  private static boolean fell(List<Point> points, Curve curve) {
    Point highest =
        points.stream()
            .max(Comparator.comparingDouble(point -> point.throughput().median()))
            .orElseThrow();
    return points.getLast().throughput().max()
        < highest.throughput().min() * (1 - Math.min(1, curve.error()));
  }

  private static boolean hasPeak(Curve curve) {
    return curve.kappa() > NO_COHERENCY && curve.sigma() < 1;
  }

  private static double peak(Curve curve) {
    return Math.max(1, Math.sqrt((1 - curve.sigma()) / curve.kappa()));
  }

  private static String around(double value, @Nullable Range range) {
    return range == null
        ? number(value)
        : "%s (%s–%s)".formatted(number(value), number(range.low()), number(range.high()));
  }

  private static String number(double value) {
    if (value != 0 && value < 0.001) {
      return value < NO_COHERENCY ? "0" : String.format(Locale.ROOT, "%.1e", value);
    }
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.1f" : "%.4f", value);
  }
}
