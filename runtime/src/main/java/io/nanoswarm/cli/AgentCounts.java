package io.nanoswarm.cli;

import io.nanoswarm.client.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How many agents of which role: {@code researcher=4,critic=1}. */
final class AgentCounts {
  private static final int MOST = 256;
  private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9-]*)\\s*=\\s*([+-]?\\d+)");
  private static final Pattern NEARLY = Pattern.compile("([a-z][a-z0-9-]*)[\\s:]+(\\d+)");

  private AgentCounts() {}

  /**
   * @param typed each a list of its own
   * @param roles there are
   */
  static Map<String, Integer> parse(List<String> typed, List<String> roles) {
    var counts = new LinkedHashMap<String, Integer>();
    for (var list : typed) {
      for (var part : list.split(",", -1)) {
        add(part.strip(), roles, counts);
      }
    }
    return counts;
  }

  private static void add(String part, List<String> roles, Map<String, Integer> counts) {
    var matcher = FORM.matcher(part);
    if (!matcher.matches()) {
      throw UserError.usage(
          "--agents '" + part + "' is no ROLE=N", "write " + rightForm(part, roles));
    }
    var role = matcher.group(1);
    if (!roles.contains(role)) {
      throw UserError.usage(
          "--agents " + part + ": there is no role '" + role + "'",
          "roles are " + String.join(", ", roles));
    }
    if (counts.put(role, count(part, role, matcher.group(2))) != null) {
      throw UserError.usage("--agents names " + role + " twice", "give one number for it");
    }
  }

  private static int count(String part, String role, String digits) {
    boolean sane = digits.length() <= 6;
    int count = sane ? Integer.parseInt(digits) : digits.startsWith("-") ? -1 : MOST + 1;
    if (count < 1) {
      throw UserError.usage(
          "--agents " + part + ": a role needs at least one agent",
          "write " + role + "=1, or leave the role out for as many as there are by default");
    }
    if (count > MOST) {
      throw UserError.usage(
          "--agents " + part + ": at most " + MOST + " agents of a role",
          "begin with as many as there are processor cores: "
              + role
              + "="
              + Runtime.getRuntime().availableProcessors());
    }
    return count;
  }

  private static String rightForm(String part, List<String> roles) {
    var nearly = NEARLY.matcher(part);
    if (nearly.matches()) {
      return nearly.group(1) + "=" + nearly.group(2);
    }
    var example = roles.isEmpty() ? "researcher" : roles.getFirst();
    if (part.matches("\\d{1,4}")) {
      return example + "=" + part;
    }
    return roles.contains(part) ? part + "=2" : example + "=2";
  }
}
