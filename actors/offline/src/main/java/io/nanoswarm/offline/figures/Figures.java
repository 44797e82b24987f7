package io.nanoswarm.offline.figures;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was counted in a workspace. A value: the same files, found places and history give the same
 * figures.
 *
 * @param whole the folder in one line
 * @param languages by lines, the most first
 * @param largest files of sources by lines, the longest first
 * @param history what git knows of the folder
 * @param markers that authors left, by word, the most frequent first
 * @param repetitions stretches of lines that stand in two places, the longest first
 * @param outliers files unlike the others
 * @param found the files that were found, best first
 */
public record Figures(
    Whole whole,
    List<Language> languages,
    List<Size> largest,
    History history,
    List<Marker> markers,
    List<Repetition> repetitions,
    List<Outlier> outliers,
    List<FoundFile> found) {

  public Figures {
    languages = List.copyOf(languages);
    largest = List.copyOf(largest);
    markers = List.copyOf(markers);
    repetitions = List.copyOf(repetitions);
    outliers = List.copyOf(outliers);
    found = List.copyOf(found);
  }

  /**
   * @param files that may be read
   * @param lines in them
   * @param sources files of a programming language that are no tests
   * @param tests files of tests
   * @param medianLines of a file of sources
   */
  public record Whole(int files, long lines, int sources, int tests, int medianLines) {}

  /**
   * @param name as {@code Java} or {@code Markdown}
   */
  public record Language(String name, int files, long lines) {}

  /** How long a file is. */
  public record Size(String path, int lines) {}

  /** Every place that is named here. */
  public Set<Place> places() {
    var places = new LinkedHashSet<Place>();
    found.forEach(each -> places.addAll(each.markers()));
    markers.forEach(each -> places.addAll(each.places()));
    for (Repetition each : repetitions) {
      places.add(each.first());
      places.add(each.second());
    }
    return places;
  }

  /** A line of a file. */
  public record Place(String path, int line) {
    @Override
    public String toString() {
      return path + ":" + line;
    }
  }

  /**
   * What git knows.
   *
   * @param commits that were looked at and touch the folder; 0 if there is no history
   * @param complete whether those are all there are
   * @param first day of the earliest of them, as {@code 2026-01-31}; empty without history
   * @param last day of the latest of them; empty without history
   * @param remark why there is no history, or not all of it; empty if there is
   * @param authors by commits, the most first
   * @param churn files by commits, the most often changed first
   * @param together files that change in the same commits, the most often first
   */
  public record History(
      int commits,
      boolean complete,
      String first,
      String last,
      String remark,
      List<Author> authors,
      List<Churn> churn,
      List<Together> together) {
    public History {
      authors = List.copyOf(authors);
      churn = List.copyOf(churn);
      together = List.copyOf(together);
    }

    /** No history, and why. */
    public static History none(String remark) {
      return new History(0, true, "", "", remark, List.of(), List.of(), List.of());
    }
  }

  /** Who made how many of the commits. */
  public record Author(String name, int commits) {}

  /**
   * @param commits that changed the file
   * @param last day of the latest of them
   */
  public record Churn(String path, int commits, String last) {}

  /**
   * @param times both changed in one commit
   */
  public record Together(String path, String other, int times) {}

  /**
   * @param word as {@code TODO}
   * @param count in the whole folder
   * @param places some of them, found files first
   */
  public record Marker(String word, int count, List<Place> places) {
    public Marker {
      places = List.copyOf(places);
    }
  }

  /**
   * @param lines that are the same in both, blank ones left out
   */
  public record Repetition(int lines, Place first, Place second) {}

  /**
   * @param what is unlike others, as {@code 2,311 lines, 21 times the median}
   */
  public record Outlier(String path, String what) {}

  /**
   * One file that was found.
   *
   * @param tests files that test it, by their names
   * @param markers that its authors left in it
   * @param commits that changed it; 0 without history
   * @param last day of the latest change; empty without history
   * @param lastSubject what the latest change was called; empty without history
   * @param authors who changed it, by commits, the most first
   * @param together what changes with it, the most often first
   */
  public record FoundFile(
      String path,
      int lines,
      List<String> tests,
      List<Place> markers,
      int commits,
      String last,
      String lastSubject,
      List<Author> authors,
      List<Together> together) {
    public FoundFile {
      tests = List.copyOf(tests);
      markers = List.copyOf(markers);
      authors = List.copyOf(authors);
      together = List.copyOf(together);
    }
  }
}
