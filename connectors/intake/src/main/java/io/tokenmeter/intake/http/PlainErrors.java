package io.tokenmeter.intake.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Jetty's own answers, such as to a request that is not HTTP, in the same JSON as ours. */
final class PlainErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    byte[] body =
        JsonAnswers.object(json -> json.writeStringField("error", HttpStatus.getMessage(status)));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JsonAnswers.TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, java.nio.ByteBuffer.wrap(body), callback);
    return true;
  }
}
