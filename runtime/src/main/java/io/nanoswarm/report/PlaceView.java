package io.nanoswarm.report;

import io.nanoswarm.blackboard.Place;
import org.jspecify.annotations.Nullable;

/**
 * A place as a program reads it.
 *
 * @param place as people see it, {@code path:line} or {@code guide.pdf:p12:3}
 * @param page of a PDF; null of other files
 */
public record PlaceView(String place, String path, int line, @Nullable Integer page) {
  static PlaceView of(Place place) {
    return new PlaceView(
        place.text(),
        place.path(),
        place.line(),
        place.page().isPresent() ? place.page().getAsInt() : null);
  }
}
