package io.tokenmeter.intake.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Says where usage is sent, to whoever asks for another path. */
final class UnknownPathHandler extends Handler.Abstract.NonBlocking {
  private static final AnswerStyle STYLE = new JsonAnswers();

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Refusal refusal =
        Refusal.notFound(
            "no such path; usage is sent to "
                + Endpoint.paths()
                + ". OpenTelemetry's metrics and logs are not taken:"
                + " set OTEL_METRICS_EXPORTER=none and OTEL_LOGS_EXPORTER=none");
    new Exchange(request, response, callback, STYLE, (status, nanos) -> {}).refuse(refusal);
    return true;
  }
}
