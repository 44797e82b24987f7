package io.nanoswarm.store;

import com.typesafe.config.Config;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The database that a node's journal stands on.
 *
 * <p>Guarantees of every one: what was committed survives {@code kill -9} of the node; of two
 * writers that store an event of the same entity under the same number, one fails.
 *
 * <p>Lifecycle: {@link #prepare} before anything else uses it, {@link #closed} when nobody has it
 * open any more.
 */
public sealed interface JournalDatabase permits H2File, PostgreSql {

  /** Whether several nodes may use it at once. */
  boolean isShared();

  /** For people; holds no password. */
  String name();

  /**
   * Looks whether it can be used, creates its tables, and brings those of an older program up to
   * date.
   *
   * @throws StoreProblem if it cannot be used; says what to do
   */
  void prepare() throws StoreProblem, IOException;

  /**
   * Keeps nodes out that would use it without knowing of this one, until what is returned is
   * closed. Waits for one that has just died.
   *
   * @param withOthers whether others of the same cluster may hold it as well
   * @throws StoreProblem if somebody else has it
   */
  Hold hold(boolean withOthers) throws StoreProblem;

  /** Has a database. */
  interface Hold extends AutoCloseable {

    /** Of a database that nobody else can have open. */
    Hold ALONE = () -> {};

    /**
     * Whether this node may found a cluster on the database: no other node is in one, and none but
     * this one may found any until it is {@linkplain #joined in its own}. May be asked again.
     */
    default boolean found() {
      return true;
    }

    /** Notes that this node is in a cluster, so that nobody founds another one. */
    default void joined() {}

    /** Completes with the reason if somebody else has the database now. */
    default CompletionStage<String> lost() {
      return new CompletableFuture<>();
    }

    @Override
    void close();
  }

  /** A connection beside those of the journal; may be used while they are. */
  Connection connect() throws SQLException;

  /** What the journal's plugins are told, on top of {@code control.conf}. */
  Config plugins();

  /** Notes that it was closed in order. */
  void closed() throws IOException;

  /** What a person may do if it cannot be read. */
  String repair();
}
