package io.nanoswarm.store;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * H2, whose {@link LastCommits} are found also when a database is opened again that a failed write
 * has closed, as one on a full disk does: H2 leaves the file then as a kill would.
 *
 * <p>Takes addresses that begin with {@code jdbc:recovering:h2:file:} instead of {@code
 * jdbc:h2:file:}. The first time that it opens a file, it takes it as it is: whoever starts it has
 * looked at it before. While a database is open nobody looks at its file: to close that again would
 * give the lock away that the process has on it. May be used by many threads: a look keeps others
 * out, so that one connection is opened after the other.
 */
public final class RecoveringDriver implements Driver {
  private static final String OURS = "jdbc:recovering:";
  private static final String H2 = "h2:file:";
  private static final ReentrantLock OPENING = new ReentrantLock();

  /** What each file was opened as last. Guarded by {@link #OPENING}. */
  private static final Map<Path, WeakReference<MVStore>> OPENED = new HashMap<>();

  static {
    try {
      DriverManager.registerDriver(new RecoveringDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Driver h2 = new org.h2.Driver();

  /** The address for this driver of what is an address for H2. */
  public static String url(String h2) {
    return OURS + h2.substring("jdbc:".length());
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    Path file = file(url);
    OPENING.lock();
    try {
      var before = OPENED.get(file);
      if (before != null && !isOpen(before.get())) {
        var _ = LastCommits.recover(file);
      }
      Connection connection = h2.connect(usual(url), properties);
      OPENED.put(file, new WeakReference<>(store(connection)));
      return connection;
    } catch (IOException e) {
      throw new SQLException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    } finally {
      OPENING.unlock();
    }
  }

  /** A write that fails closes it, whatever connections say that there are. */
  private static boolean isOpen(@Nullable MVStore store) {
    return store != null && !store.isClosed();
  }

  private static MVStore store(Connection connection) throws SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore().getMvStore();
  }

  private static Path file(String url) {
    String name = url.substring((OURS + H2).length());
    int settings = name.indexOf(';');
    return Path.of((settings < 0 ? name : name.substring(0, settings)) + ".mv.db");
  }

  private static String usual(String url) {
    return "jdbc:" + url.substring(OURS.length());
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(OURS + H2);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties)
      throws SQLException {
    return h2.getPropertyInfo(usual(url), properties);
  }

  @Override
  public int getMajorVersion() {
    return h2.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return h2.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return h2.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("io.nanoswarm.store");
  }
}
