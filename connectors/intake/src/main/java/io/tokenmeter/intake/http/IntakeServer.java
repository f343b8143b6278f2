package io.tokenmeter.intake.http;

import io.tokenmeter.intake.IntakeMeters;
import io.tokenmeter.intake.config.IntakeConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The port that takes usage: HTTP/1.1, with TLS where it is configured. No request ever blocks one
 * of its threads, so a few are enough.
 */
public final class IntakeServer implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final int IDLE_MS = 30_000;

  private final Server server;
  private final ServerConnector connector;
  private final boolean secure;

  private IntakeServer(Server server, ServerConnector connector, boolean secure) {
    this.server = server;
    this.connector = connector;
    this.secure = secure;
  }

  /**
   * Starts to listen.
   *
   * @param open whether events can be taken now
   * @throws ConfigException if the address or the TLS settings cannot be used
   */
  public static IntakeServer start(
      IntakeConfig config,
      BooleanSupplier open,
      InFlight inFlight,
      BodyIntake bodies,
      IntakeMeters meters) {
    Credentials credentials =
        new Credentials(config.tokens(), config.getBoolean(IntakeConfig.AUTH_REQUIRED));
    Handler handler =
        new Handler.Sequence(
            new IntakeHandler(credentials, open, inFlight, bodies, meters),
            new HealthHandler(open),
            new UnknownPathHandler());
    SslContextFactory.Server tls = Tls.of(config);
    String listen = config.getString(IntakeConfig.LISTEN);
    InetSocketAddress address = ListenAddress.parse(IntakeConfig.LISTEN, listen);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("intake-http");
    Server server = new Server(threads);
    ServerConnector connector = connector(server, address, tls);
    server.addConnector(connector);
    server.addBean(
        new NetworkConnectionLimit(config.getInt(IntakeConfig.CONNECTIONS_MAX), connector));
    server.setHandler(handler);
    server.setErrorHandler(new PlainErrors());
    startOrStop(server, listen);
    return new IntakeServer(server, connector, tls != null);
  }

  private static ServerConnector connector(
      Server server, InetSocketAddress address, SslContextFactory.@Nullable Server tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        tls == null
            ? new ServerConnector(server, 1, 1, plain)
            : new ServerConnector(
                server, 1, 1, new SslConnectionFactory(tls, plain.getProtocol()), plain);
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_MS);
    return connector;
  }

  private static void startOrStop(Server server, String listen) {
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      if (isBindFailure(e)) {
        throw ListenAddress.inUse(IntakeConfig.LISTEN, listen);
      }
      throw new IllegalStateException("the port " + listen + " could not be served", e);
    }
  }

  private static boolean isBindFailure(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException
          || cause instanceof UnresolvedAddressException
          || (cause instanceof IOException
              && cause.getMessage() != null
              && cause.getMessage().startsWith("Failed to bind"))) {
        return true;
      }
    }
    return false;
  }

  /** Where it can be reached from this machine, such as {@code http://127.0.0.1:4318}. */
  public String url() {
    String host = connector.getHost().equals("0.0.0.0") ? "127.0.0.1" : connector.getHost();
    return (secure ? "https://" : "http://") + host + ":" + connector.getLocalPort();
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server could not be stopped", e);
    }
  }

  /** Closes the port and all connections. */
  @Override
  public void close() {
    stop(server);
  }
}
