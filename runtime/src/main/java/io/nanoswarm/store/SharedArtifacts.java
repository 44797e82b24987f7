package io.nanoswarm.store;

import io.nanoswarm.artifact.ArtifactCopies;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.ArtifactsAway;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Artifacts in the database that several control nodes share, and of each read one a copy in a
 * folder of this node.
 *
 * <p>Guarantees: what {@link #put} has returned for every control node can read. One that is put
 * again counts as young again: artifacts to which nothing refers are deleted by their age.
 */
public final class SharedArtifacts implements ArtifactStore {
  private static final String TOUCH =
      "UPDATE artifact SET put_at = CURRENT_TIMESTAMP WHERE sha256 = ?";
  private static final String PUT =
      "INSERT INTO artifact (sha256, content) VALUES (?, ?)"
          + " ON CONFLICT (sha256) DO UPDATE SET put_at = CURRENT_TIMESTAMP";
  private static final String GET = "SELECT content FROM artifact WHERE sha256 = ?";

  private final JournalDatabase database;
  private final ArtifactCopies copies;

  public SharedArtifacts(JournalDatabase database, ArtifactCopies copies) {
    this.database = database;
    this.copies = copies;
  }

  @Override
  public ArtifactRef put(byte[] content) throws IOException {
    ArtifactRef ref = copies.put(content);
    try (Connection connection = database.connect();
        PreparedStatement touch = connection.prepareStatement(TOUCH);
        PreparedStatement put = connection.prepareStatement(PUT)) {
      touch.setString(1, ref.sha256());
      if (touch.executeUpdate() > 0) {
        return ref;
      }
      put.setString(1, ref.sha256());
      put.setBytes(2, content);
      put.executeUpdate();
      return ref;
    } catch (SQLException e) {
      throw failed("artifact %s cannot be kept at %s: %s", ref, e);
    }
  }

  @Override
  public byte[] get(ArtifactRef ref) throws IOException {
    Optional<byte[]> copy = copies.find(ref);
    if (copy.isPresent()) {
      return copy.get();
    }
    byte[] content = stored(ref);
    if (!copies.put(content).equals(ref)) {
      throw new IOException(
          "artifact %s: what is stored of it has another hash".formatted(ref.sha256()));
    }
    return content;
  }

  private byte[] stored(ArtifactRef ref) throws IOException {
    try (Connection connection = database.connect();
        PreparedStatement get = connection.prepareStatement(GET)) {
      get.setString(1, ref.sha256());
      try (ResultSet row = get.executeQuery()) {
        if (row.next()) {
          return row.getBytes(1);
        }
      }
    } catch (SQLException e) {
      throw failed("artifact %s cannot be read from %s: %s", ref, e);
    }
    throw new IOException("artifact %s is not kept at %s".formatted(ref.sha256(), database.name()));
  }

  private IOException failed(String message, ArtifactRef ref, SQLException why) {
    String told = message.formatted(ref.sha256(), database.name(), why.getMessage());
    return PostgreSqlFailure.isPassing(why)
        ? new ArtifactsAway(told, why)
        : new IOException(told, why);
  }
}
