package io.nanoswarm.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * {@link RecoveringDriver} for a pool of connections. A pool that is given a driver's name asks the
 * {@code DriverManager}, which loads the drivers of all databases; that took 20 to 30 ms of every
 * start.
 */
public final class RecoveringDataSource implements DataSource {
  private final RecoveringDriver driver = new RecoveringDriver();
  private String url = "";
  private @Nullable PrintWriter log;
  private int seconds;

  /** Told by the pool before anything else. */
  public void setUrl(String url) {
    this.url = url;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connection(new Properties());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return connection(properties);
  }

  private Connection connection(Properties properties) throws SQLException {
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw new SQLException("no address of a recovering database: " + url);
    }
    return connection;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return log;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    log = out;
  }

  @Override
  public int getLoginTimeout() {
    return seconds;
  }

  /** Noted, and not heeded: a file is opened at once or not at all. */
  @Override
  public void setLoginTimeout(int seconds) {
    this.seconds = seconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
