package io.nanoswarm.offline.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The strongly connected components of a graph: nodes that reach each other.
 *
 * <p>Guarantees: pure; a component comes after every component that it reaches; no recursion, so
 * that a long chain needs no deep stack.
 */
final class Circles {
  /* R. Tarjan: Depth-first search and linear graph algorithms. SIAM J. Comput. 1(2), 1972, 146-160. */
  private final List<int[]> successors;
  private final int[] number;
  private final int[] lowest;
  private final boolean[] onStack;
  private final Deque<Integer> stack = new ArrayDeque<>();
  private final List<List<Integer>> components = new ArrayList<>();
  private int next;

  private static final class Visit {
    private final int node;
    private int position;

    Visit(int node) {
      this.node = node;
    }
  }

  private Circles(List<int[]> successors) {
    this.successors = successors;
    this.number = new int[successors.size()];
    this.lowest = new int[successors.size()];
    this.onStack = new boolean[successors.size()];
    Arrays.fill(number, -1);
  }

  /**
   * @param successors of each node, by number
   */
  static List<List<Integer>> of(List<int[]> successors) {
    var circles = new Circles(successors);
    for (int node = 0; node < successors.size(); node++) {
      if (circles.number[node] < 0) {
        circles.visit(node);
      }
    }
    return circles.components;
  }

  private void visit(int start) {
    Deque<Visit> open = new ArrayDeque<>();
    open.push(enter(start));
    while (!open.isEmpty()) {
      Visit visit = open.peek();
      int[] below = successors.get(visit.node);
      if (visit.position < below.length) {
        int other = below[visit.position++];
        if (number[other] < 0) {
          open.push(enter(other));
        } else if (onStack[other]) {
          lowest[visit.node] = Math.min(lowest[visit.node], number[other]);
        }
      } else {
        open.pop();
        leave(visit.node);
        if (!open.isEmpty()) {
          int above = open.peek().node;
          lowest[above] = Math.min(lowest[above], lowest[visit.node]);
        }
      }
    }
  }

  private Visit enter(int node) {
    number[node] = next;
    lowest[node] = next++;
    stack.push(node);
    onStack[node] = true;
    return new Visit(node);
  }

  private void leave(int node) {
    if (lowest[node] != number[node]) {
      return;
    }
    var component = new ArrayList<Integer>();
    int member;
    do {
      member = stack.pop();
      onStack[member] = false;
      component.add(member);
    } while (member != node);
    component.sort(null);
    components.add(component);
  }
}
