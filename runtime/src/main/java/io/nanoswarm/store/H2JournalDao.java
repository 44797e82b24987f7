package io.nanoswarm.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import slick.dbio.DBIOAction;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;
import slick.jdbc.SimpleJdbcAction;

/**
 * What the journal's plugin asks of an H2 file, but for one question: the highest number of an
 * entity's events, which it asks at every start of an entity. The plugin asks for the {@code max}
 * of them, for which H2 reads them all. Here the primary key is read from its end: one row, however
 * many there are. PostgreSQL does that by itself.
 *
 * <p>Made by the plugin, which finds it by its name in {@code journal-h2.conf}.
 */
public final class H2JournalDao extends DefaultJournalDao {
  /** H2 reads the key backwards only if it is named whole. */
  static final String HIGHEST =
      """
      SELECT "sequence_number" FROM "event_journal" WHERE "persistence_id" = ? \
      ORDER BY "persistence_id" DESC, "sequence_number" DESC FETCH FIRST ROW ONLY\
      """;

  public H2JournalDao(
      JdbcBackend.JdbcDatabaseDef db,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    super(db, profile, config, serialization, executor, materializer);
  }

  /**
   * On the plugin's own connection, after what it has been told to write.
   *
   * @return a number, 0 if nothing is stored of the entity
   */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // Scala's types have no names in Java.
  public Future<Object> highestSequenceNr(String persistenceId, long from) {
    var asking =
        new SimpleJdbcAction<Object>(context -> highest(context.connection(), persistenceId));
    return db().run((DBIOAction) asking);
  }

  private static Object highest(Connection connection, String persistenceId) {
    try (PreparedStatement query = connection.prepareStatement(HIGHEST)) {
      query.setString(1, persistenceId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0L;
      }
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }
}
