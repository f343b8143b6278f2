package io.tokenmeter.intake.http;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.intake.kafka.BodyMapper;
import io.tokenmeter.intake.kafka.EventSender;
import io.tokenmeter.intake.kafka.MappedBody;
import io.tokenmeter.intake.kafka.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Request;

/** The way of a body from the connection to Kafka, within the bounds of the configuration. */
public final class BodyIntake {
  private final BodyMapper mapper;
  private final EventSender sender;
  private final Executor mapping;
  private final int maxBytes;
  private final int maxUnpackedBytes;
  private final Duration timeLimit;
  private final long maxInFlightBytes;

  /**
   * @param mapping runs the mapping, on no more threads than there are cores: what a body becomes
   *     takes several times its bytes
   */
  public BodyIntake(IntakeConfig config, BodyMapper mapper, EventSender sender, Executor mapping) {
    this.mapper = mapper;
    this.sender = sender;
    this.mapping = mapping;
    this.maxBytes = config.getInt(IntakeConfig.REQUEST_MAX_BYTES);
    this.maxUnpackedBytes = config.getInt(IntakeConfig.REQUEST_MAX_DECOMPRESSED_BYTES);
    this.timeLimit = config.millis(IntakeConfig.REQUEST_TIMEOUT_MS);
    this.maxInFlightBytes = config.getLong(IntakeConfig.IN_FLIGHT_MAX_BYTES);
  }

  /**
   * Takes a request's body in.
   *
   * @return completes when Kafka has every event and every rejection; fails with a {@link Refusal},
   *     Kafka's exception, or the connection's
   */
  CompletableFuture<MappedBody> take(
      Request request, UsageRequest usage, InFlight.Reservation reservation) {
    if (request.getLength() > maxBytes) {
      return CompletableFuture.failedFuture(BodyReader.tooLarge(maxBytes));
    }
    return BodyReader.read(request, maxBytes, reservation, timeLimit)
        .thenApplyAsync(body -> map(body, usage, reservation), mapping)
        .thenCompose(mapped -> sender.send(mapped).thenApply(sent -> mapped));
  }

  /**
   * Leaves a trace of a body that was refused for good: the client will not send it again, so
   * whoever runs the intake has to hear of it.
   */
  void recordRefusal(UsageRequest usage, Refusal refusal) {
    RejectionReason reason =
        refusal.status() == Refusal.TOO_LARGE
            ? RejectionReason.TOO_LARGE
            : RejectionReason.UNDECODABLE;
    Origin origin = Origin.request(usage.path(), Instant.now());
    sender.send(mapper.refuse(new Rejection(reason, refusal.message()), origin));
  }

  private MappedBody map(byte[] body, UsageRequest usage, InFlight.Reservation reservation) {
    byte[] unpacked = usage.decompression().unpack(body, maxUnpackedBytes, reservation);
    Origin origin = Origin.request(usage.path(), Instant.now());
    MappedBody mapped = mapper.map(usage.format(), unpacked, usage.attribution(), origin);
    reserve(mapped.size(), reservation);
    return mapped;
  }

  /** A few bytes can become many events, each with what they have in common. */
  private void reserve(long bytes, InFlight.Reservation reservation) {
    if (reservation.held() + bytes > maxInFlightBytes) {
      throw Refusal.tooLarge(
          "the body makes events of "
              + bytes
              + " bytes, which is too many at once; send it in parts");
    }
    if (!reservation.grow(bytes)) {
      throw Refusal.overloaded("too many bytes are being worked on; send it again later");
    }
  }
}
