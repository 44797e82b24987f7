package io.nanoswarm.offline.answer;

import io.nanoswarm.blackboard.Place;
import io.nanoswarm.offline.research.Finding;

/**
 * A sentence of the answer.
 *
 * @param text as it stands in the file
 * @param finding the place it was taken from
 * @param line where it begins
 * @param merit how far it answers the question
 */
record Statement(String text, Finding finding, int line, double merit) {
  String place() {
    return new Place(finding.evidence().path(), line).text();
  }
}
