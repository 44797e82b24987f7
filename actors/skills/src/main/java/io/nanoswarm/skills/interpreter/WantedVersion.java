package io.nanoswarm.skills.interpreter;

/**
 * Which versions of a runtime will do: {@code 3.11} for every 3.11.x, {@code >=3.8} for that and
 * all later ones.
 */
public record WantedVersion(Version version, boolean orLater) {
  private static final String OR_LATER = ">=";

  /**
   * @throws IllegalArgumentException if the text says neither
   */
  public static WantedVersion of(String text) {
    return text.startsWith(OR_LATER)
        ? new WantedVersion(Version.of(text.substring(OR_LATER.length()).strip()), true)
        : new WantedVersion(Version.of(text), false);
  }

  public boolean fits(Version found) {
    return orLater ? found.compareTo(version) >= 0 : found.within(version);
  }

  /** As a need of a node names it, after the name of what has the version. */
  public String condition() {
    return (orLater ? OR_LATER : "=") + version;
  }

  @Override
  public String toString() {
    return (orLater ? OR_LATER : "") + version;
  }
}
