package io.tokenmeter.intake.http;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /health/live}: the service answers; {@code /health/ready}: events can be taken now, for
 * which Kafka has to be there. On the port of usage, because load balancers ask there.
 */
final class HealthHandler extends Handler.Abstract.NonBlocking {
  private final BooleanSupplier ready;

  HealthHandler(BooleanSupplier ready) {
    this.ready = ready;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    boolean well;
    switch (Request.getPathInContext(request)) {
      case "/health/live" -> well = true;
      case "/health/ready" -> well = ready.getAsBoolean();
      default -> {
        return false;
      }
    }
    response.setStatus(well ? 200 : 503);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    Content.Sink.write(response, true, well ? "ok\n" : "not ready\n", callback);
    return true;
  }
}
