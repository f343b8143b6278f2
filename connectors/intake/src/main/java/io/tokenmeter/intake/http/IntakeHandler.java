package io.tokenmeter.intake.http;

import io.tokenmeter.intake.IntakeMeters;
import io.tokenmeter.intake.kafka.MappedBody;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request through its stations: who sends it, whether events can be taken now, whether
 * there is room for it, and what becomes of its body. Each station may refuse it.
 */
final class IntakeHandler extends Handler.Abstract.NonBlocking {
  private static final Logger log = LoggerFactory.getLogger(IntakeHandler.class);

  private final Credentials credentials;
  private final BooleanSupplier open;
  private final InFlight inFlight;
  private final BodyIntake bodies;
  private final IntakeMeters meters;

  /**
   * @param open whether events can be taken now
   */
  IntakeHandler(
      Credentials credentials,
      BooleanSupplier open,
      InFlight inFlight,
      BodyIntake bodies,
      IntakeMeters meters) {
    this.credentials = credentials;
    this.open = open;
    this.inFlight = inFlight;
    this.bodies = bodies;
    this.meters = meters;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Endpoint endpoint = Endpoint.at(Request.getPathInContext(request)).orElse(null);
    if (endpoint == null) {
      return false;
    }
    AnswerStyle style = endpoint.style(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    Exchange exchange =
        new Exchange(
            request,
            response,
            callback,
            style,
            (status, nanos) -> meters.request(endpoint.path(), status, nanos));
    try {
      UsageRequest usage = check(request, endpoint);
      take(exchange, usage, room());
    } catch (Refusal refusal) {
      exchange.refuse(refusal);
    }
    return true;
  }

  private UsageRequest check(Request request, Endpoint endpoint) {
    if (!HttpMethod.POST.is(request.getMethod())) {
      throw Refusal.methodNotAllowed();
    }
    var attribution = credentials.check(request.getHeaders());
    if (!open.getAsBoolean()) {
      throw Refusal.unavailable("events cannot be taken now; send them again later");
    }
    return new UsageRequest(
        endpoint.path(),
        endpoint.format(request.getHeaders().get(HttpHeader.CONTENT_TYPE)),
        Decompression.of(request.getHeaders().get(HttpHeader.CONTENT_ENCODING)),
        attribution);
  }

  private InFlight.Reservation room() {
    InFlight.Reservation reservation = inFlight.enter();
    if (reservation == null) {
      throw Refusal.overloaded("too many requests are being worked on; send it again later");
    }
    return reservation;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it ends in the answer
  private void take(Exchange exchange, UsageRequest usage, InFlight.Reservation reservation) {
    exchange.releaseAtEnd(reservation::close);
    bodies
        .take(exchange.request(), usage, reservation)
        .whenComplete((mapped, failure) -> finish(exchange, usage, mapped, failure));
  }

  private void finish(
      Exchange exchange,
      UsageRequest usage,
      @Nullable MappedBody mapped,
      @Nullable Throwable thrown) {
    if (mapped != null) {
      meters.mapped(usage.format(), mapped);
      exchange.answer(mapped);
      return;
    }
    Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (failure instanceof Refusal refusal) {
      if (refusal.isForGood()) {
        bodies.recordRefusal(usage, refusal);
      }
      exchange.refuse(refusal);
    } else if (failure instanceof KafkaException) {
      log.debug("events were not taken by Kafka", failure);
      meters.notDelivered();
      exchange.refuse(
          Refusal.unavailable("Kafka did not take all events in time; send the body again"));
    } else if (failure instanceof IOException || failure instanceof TimeoutException) {
      exchange.fail(failure);
    } else {
      log.error("a request to {} failed", usage.path(), failure);
      exchange.refuse(Refusal.internal());
    }
  }
}
