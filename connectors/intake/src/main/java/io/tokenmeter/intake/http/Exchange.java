package io.tokenmeter.intake.http;

import io.tokenmeter.intake.kafka.MappedBody;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request and its one answer, which is counted. */
final class Exchange {
  /** What nginx counts connections under that the client closed. */
  private static final int CLIENT_CLOSED = 499;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final AnswerStyle style;
  private final Count count;
  private Runnable release = () -> {};

  /** Counts answers by status and time, nanoseconds. */
  interface Count {
    void add(int status, long nanos);
  }

  Exchange(Request request, Response response, Callback callback, AnswerStyle style, Count count) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.style = style;
    this.count = count;
  }

  Request request() {
    return request;
  }

  /** What to give back when the request is over. */
  void releaseAtEnd(Runnable what) {
    release = what;
  }

  /** Kafka has what was accepted. */
  void answer(MappedBody body) {
    // Only then: a stop waits for what is not given back.
    write(style.mapped(body), Callback.from(callback, release));
  }

  /** Nothing was taken, and the body may not have been read to its end: the connection ends too. */
  void refuse(Refusal refusal) {
    release.run();
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    boolean stillRead = refusal.status() == Refusal.TOO_SLOW;
    write(style.refused(refusal), stillRead ? callback : new DiscardRest(request, callback));
  }

  /** The connection is broken: nobody is there to be answered. */
  void fail(Throwable failure) {
    release.run();
    count.add(CLIENT_CLOSED, nanos());
    callback.failed(failure);
  }

  private void write(Answer answer, Callback whenWritten) {
    count.add(answer.status(), nanos());
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    answer.headers().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(answer.body()), whenWritten);
  }

  private long nanos() {
    return System.nanoTime() - request.getHeadersNanoTime();
  }
}
