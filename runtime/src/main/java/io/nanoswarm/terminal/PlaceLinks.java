package io.nanoswarm.terminal;

import io.nanoswarm.blackboard.Place;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes places of files links that terminals open (OSC 8), as {@code
 * file:///home/me/shop/A.java#12} and {@code …/guide.pdf#page=12}.
 *
 * <p>Guarantees: what is seen stays the same; only files that are there, below the folder, become
 * links.
 */
public final class PlaceLinks {
  /** A sequence that styles text, which is passed over, or what may be a place. */
  private static final Pattern TOKEN =
      Pattern.compile("\u001b\\[[0-9;]*m|[^\\s`\"'<>|()\u001b\\[\\]]+:p?\\d[\\d:]*");

  private static final String BEGIN = "\u001b]8;;";
  private static final String END = "\u001b\\";

  private final Path root;
  private final Map<String, Boolean> files = new HashMap<>();

  /**
   * @param root the folder that paths are relative to
   */
  public PlaceLinks(Path root) {
    this.root = root;
  }

  /** Whether a terminal may be sent links: those that do not know them show nothing of them. */
  public static boolean known(Map<String, String> environment) {
    var type = environment.getOrDefault("TERM", "");
    return LookChoice.color(environment) && !type.equals("linux") && !type.startsWith("vt");
  }

  /**
   * @param printed a line with all its escape sequences
   */
  public String in(String printed) {
    return TOKEN.matcher(printed).replaceAll(each -> Matcher.quoteReplacement(linked(each)));
  }

  private String linked(MatchResult token) {
    Optional<Place> place = Place.parse(token.group());
    if (place.isEmpty() || !isFile(place.get().path())) {
      return token.group();
    }
    var page = place.get().page();
    String uri =
        root.resolve(place.get().path()).toUri()
            + (page.isPresent() ? "#page=" + page.getAsInt() : "#" + place.get().line());
    return BEGIN + uri + END + token.group() + BEGIN + END;
  }

  private boolean isFile(String path) {
    return files.computeIfAbsent(
        path,
        _ -> {
          try {
            Path file = root.resolve(path).normalize();
            return file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
          } catch (InvalidPathException _) {
            return false;
          }
        });
  }
}
