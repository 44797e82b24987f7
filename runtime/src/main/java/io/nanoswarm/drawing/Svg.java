package io.nanoswarm.drawing;

import java.util.Locale;

/** One drawing under construction. Text is escaped; colours and fonts are the page's classes. */
public final class Svg {
  private final StringBuilder drawn = new StringBuilder();
  private final int width;
  private final int height;
  private final String title;

  /**
   * @param title for those who do not see it
   */
  public Svg(int width, int height, String title) {
    this.width = width;
    this.height = height;
    this.title = title;
  }

  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  public Svg line(String style, double x1, double y1, double x2, double y2) {
    return add(
        String.format(
            Locale.ROOT,
            "<line %s x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            style,
            x1,
            y1,
            x2,
            y2));
  }

  public Svg rectangle(String style, double x, double y, double wide, double high, String said) {
    return add(
        String.format(
            Locale.ROOT,
            "<rect %s x=\"%.1f\" y=\"%.1f\" width=\"%.1f\""
                + " height=\"%.1f\"><title>%s</title></rect>",
            style,
            x,
            y,
            wide,
            high,
            escaped(said)));
  }

  public Svg dot(String style, double x, double y, double radius, String said) {
    return add(
        String.format(
            Locale.ROOT,
            "<circle %s cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>",
            style,
            x,
            y,
            radius,
            escaped(said)));
  }

  /**
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  public Svg text(double x, double y, String anchor, String words) {
    return add(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
            x,
            y,
            anchor,
            escaped(words)));
  }

  /**
   * @param points as SVG writes them
   */
  public Svg path(String style, CharSequence points) {
    return add(
        String.format(
            Locale.ROOT, "<polyline %s points=\"%s\"/>", style, points.toString().strip()));
  }

  /**
   * @param steps as the attribute {@code d} of a path has them
   */
  public Svg curve(String style, String steps, String said) {
    return add("<path %s d=\"%s\"><title>%s</title></path>".formatted(style, steps, escaped(said)));
  }

  /** Says for those who do not see it what the drawing shows. */
  public Svg described(String words) {
    return add("<desc>" + escaped(words) + "</desc>");
  }

  public static String point(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f ", x, y);
  }

  private Svg add(String element) {
    drawn.append(element).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n%s</svg>%n",
        width,
        height,
        escaped(title),
        drawn);
  }
}
