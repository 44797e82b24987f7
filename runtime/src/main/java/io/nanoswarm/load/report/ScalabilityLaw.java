package io.nanoswarm.load.report;

import io.nanoswarm.load.report.Scaling.Curve;
import io.nanoswarm.load.report.Scaling.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * Fits the Universal Scalability Law to measured throughput, by least squares of the logarithm:
 * what counts is by how much of itself a value is off, so that fast points weigh no more than slow
 * ones. Contention and coherency are not negative. Pure, and the same for the same points.
 */
final class ScalabilityLaw {
  private static final int PARAMETERS = 3;
  private static final int RESAMPLES = 500;
  private static final int ITERATIONS = 500;
  private static final double NINE_OF_TEN = 0.05;
  private static final double[] CONTENTIONS = {0.001, 0.05, 0.4};
  private static final double[] COHERENCIES = {1e-6, 1e-3, 0.05};

  /** Throughput with a number of agents. */
  record Measured(double agents, double throughput) {}

  /**
   * @param resamples as many fits as could be made to points that might as well have been measured;
   *     empty if nothing is left to tell from how far off a point may be
   */
  record Fit(Curve curve, List<Curve> resamples) {}

  private ScalabilityLaw() {}

  /** Empty if there are fewer points than parameters, or no curve fits. */
  static Optional<Fit> fit(List<Measured> points) {
    if (points.stream().map(Measured::agents).distinct().count() < PARAMETERS
        || points.stream().anyMatch(point -> !(point.throughput() > 0))) {
      return Optional.empty();
    }
    return curve(points)
        .map(curve -> {
          List<Curve> resamples = resamples(points, curve);
          return new Fit(ranged(curve, resamples), resamples);
        });
  }

  private static Curve ranged(Curve curve, List<Curve> resamples) {
    return resamples.isEmpty()
        ? curve
        : new Curve(
            curve.lambda(),
            curve.sigma(),
            curve.kappa(),
            curve.error(),
            range(resamples, Curve::lambda),
            range(resamples, Curve::sigma),
            range(resamples, Curve::kappa));
  }

  static Range range(List<Curve> curves, ToDoubleFunction<Curve> figure) {
    double[] sorted = curves.stream().mapToDouble(figure).sorted().toArray();
    int tail = (int) Math.floor(NINE_OF_TEN * (sorted.length - 1));
    return new Range(sorted[tail], sorted[sorted.length - 1 - tail]);
  }

  /** The best of fits from several beginnings, since one may end in a valley beside. */
  private static Optional<Curve> curve(List<Measured> points) {
    double least = points.stream().mapToDouble(Measured::agents).min().orElseThrow();
    double lambda =
        points.stream()
            .filter(point -> point.agents() == least)
            .mapToDouble(point -> point.throughput() / point.agents())
            .average()
            .orElseThrow();
    var found = new ArrayList<Curve>();
    for (double sigma : CONTENTIONS) {
      for (double kappa : COHERENCIES) {
        from(points, new double[] {Math.log(lambda), Math.sqrt(sigma), Math.sqrt(kappa)})
            .ifPresent(found::add);
      }
    }
    return found.stream().min(Comparator.comparingDouble(Curve::error));
  }

  private static Optional<Curve> from(List<Measured> points, double[] start) {
    var target = points.stream().mapToDouble(point -> Math.log(point.throughput())).toArray();
    try {
      var optimum =
          new LevenbergMarquardtOptimizer()
              .optimize(
                  new LeastSquaresBuilder()
                      .start(start)
                      .target(target)
                      .model(model(points))
                      .maxEvaluations(ITERATIONS)
                      .maxIterations(ITERATIONS)
                      .build());
      RealVector at = optimum.getPoint();
      double lambda = Math.exp(at.getEntry(0));
      double sigma = at.getEntry(1) * at.getEntry(1);
      double kappa = at.getEntry(2) * at.getEntry(2);
      int free = Math.max(1, points.size() - PARAMETERS);
      double cost = optimum.getResiduals().dotProduct(optimum.getResiduals());
      return Optional.of(new Curve(lambda, sigma, kappa, Math.sqrt(cost / free), null, null, null));
    } catch (MathRuntimeException _) {
      return Optional.empty(); // this beginning leads nowhere, another one may
    }
  }

  /**
   * Of the logarithm of λ and the square roots of σ and κ, which keeps all three where they may be.
   */
  private static MultivariateJacobianFunction model(List<Measured> points) {
    return at -> {
      var values = new ArrayRealVector(points.size());
      RealMatrix slopes = new Array2DRowRealMatrix(points.size(), PARAMETERS);
      double s = at.getEntry(1);
      double k = at.getEntry(2);
      for (int i = 0; i < points.size(); i++) {
        double n = points.get(i).agents();
        double waits = n - 1;
        double pairs = n * (n - 1);
        double slowed = 1 + s * s * waits + k * k * pairs;
        values.setEntry(i, at.getEntry(0) + Math.log(n) - Math.log(slowed));
        slopes.setEntry(i, 0, 1);
        slopes.setEntry(i, 1, -2 * s * waits / slowed);
        slopes.setEntry(i, 2, -2 * k * pairs / slowed);
      }
      return new Pair<>(values, slopes);
    };
  }

  /**
   * Fits to points made of the curve and of distances drawn from those that were seen. The
   * distances are widened by what the parameters have taken away.
   */
  private static List<Curve> resamples(List<Measured> points, Curve curve) {
    if (points.size() <= PARAMETERS) {
      return List.of();
    }
    double wider = Math.sqrt((double) points.size() / (points.size() - PARAMETERS));
    double[] distances =
        points.stream()
            .mapToDouble(point -> wider * Math.log(point.throughput() / curve.at(point.agents())))
            .toArray();
    var random = new SplittableRandom(points.size());
    var curves = new ArrayList<Curve>();
    for (int i = 0; i < RESAMPLES; i++) {
      var made =
          points.stream()
              .map(point ->
                  new Measured(
                      point.agents(),
                      curve.at(point.agents())
                          * Math.exp(distances[random.nextInt(distances.length)])))
              .toList();
      double[] start = {
        Math.log(curve.lambda()),
        Math.sqrt(Math.max(curve.sigma(), CONTENTIONS[0])),
        Math.sqrt(Math.max(curve.kappa(), COHERENCIES[1]))
      };
      from(made, start).ifPresent(curves::add);
    }
    return curves;
  }
}
