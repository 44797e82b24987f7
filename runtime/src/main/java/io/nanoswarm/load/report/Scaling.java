package io.nanoswarm.load.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the measured throughput says about more agents.
 *
 * @param curve the law that fits, null if there are too few points or the law says nothing about
 *     them
 * @param best null if it cannot be told
 * @param words the same for people, a sentence each; what cannot be told within
 */
public record Scaling(@Nullable Curve curve, @Nullable Best best, List<String> words) {
  public Scaling {
    words = List.copyOf(words);
  }

  /**
   * The Universal Scalability Law: {@code X(N) = λN / (1 + σ(N−1) + κN(N−1))}.
   *
   * @param lambda λ, tasks a second of one agent
   * @param sigma σ, contention: the share of the work that waits its turn
   * @param kappa κ, coherency: what every pair of agents costs
   * @param error typical distance of a measured point from the curve, as a share of it
   * @param sigmaRange null if nothing is left to tell it from; likewise the others
   */
  public record Curve(
      double lambda,
      double sigma,
      double kappa,
      double error,
      @Nullable Range lambdaRange,
      @Nullable Range sigmaRange,
      @Nullable Range kappaRange) {
    public double at(double agents) {
      return lambda * agents / (1 + sigma * (agents - 1) + kappa * agents * (agents - 1));
    }
  }

  /** Where nine of ten repetitions of the test would be expected. */
  public record Range(double low, double high) {}

  /**
   * The number of agents with the highest throughput.
   *
   * @param throughput tasks a second there
   */
  public record Best(double agents, Range range, double throughput) {}
}
