package io.tokenmeter.intake.kafka;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.intake.config.Attribution;
import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.intake.config.UsageFormat;
import io.tokenmeter.mapping.MappedBatch;
import io.tokenmeter.mapping.MappedItem;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.UsageMapping;
import io.tokenmeter.producer.UsageRecords;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.TokenmeterConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns a body into the records that go to Kafka, whichever way it came. Serves all threads. */
public final class BodyMapper {
  private final Map<UsageFormat, UsageMapping> mappings = new EnumMap<>(UsageFormat.class);
  private final WireHeaders wireHeaders;
  private final int eventMaxBytes;
  private final int rawValueLimit;

  /** A mapper with the limits of the configuration. */
  public BodyMapper(IntakeConfig config, WireHeaders wireHeaders) {
    MappingOptions options = options(config);
    for (UsageFormat format : UsageFormat.values()) {
      mappings.put(format, format.mapping(options));
    }
    this.wireHeaders = wireHeaders;
    this.eventMaxBytes = config.getInt(TokenmeterConfig.EVENT_MAX_BYTES);
    this.rawValueLimit = config.getInt(TokenmeterConfig.REJECTED_RAW_VALUE_LIMIT);
  }

  private static MappingOptions options(IntakeConfig config) {
    MappingOptions options =
        MappingOptions.DEFAULT
            .withMaxBytes(config.getInt(IntakeConfig.REQUEST_MAX_DECOMPRESSED_BYTES))
            .withMaxItems(config.getInt(IntakeConfig.REQUEST_MAX_ITEMS))
            .withMaxSkew(Duration.ofMillis(config.getLong(TokenmeterConfig.EVENT_MAX_FUTURE_MS)));
    String provider = config.getString(IntakeConfig.DEFAULT_PROVIDER);
    return provider.isBlank() ? options : options.withDefaultProvider(provider);
  }

  /** Maps a body, decompressed. */
  public MappedBody map(UsageFormat format, byte[] body, Attribution attribution, Origin origin) {
    MappedBatch batch = Objects.requireNonNull(mappings.get(format)).map(body, origin.receivedAt());
    RecordEncoder<UsageEvent> events =
        new RecordEncoder<>(wireHeaders.usageEvent(), UsageEvent.class);
    List<OutRecord> accepted = new ArrayList<>(batch.items().size());
    RejectedItems rejected = rejected(body, origin);
    for (MappedItem item : batch.items()) {
      if (item instanceof MappedItem.Event mapped) {
        UsageEvent event = mapped.event();
        attribution.applyTo(event);
        byte[] value = events.encode(event);
        if (value.length <= eventMaxBytes) {
          accepted.add(new OutRecord(key(event), value));
        } else {
          rejected.add(tooLarge(mapped.path(), value.length), event.getEventId());
        }
      } else if (item instanceof MappedItem.Rejected rejection) {
        rejected.add(rejection, null);
      }
    }
    return new MappedBody(accepted, rejected.records(), rejected.rejections(), batch.ignored());
  }

  /** A body that is refused before it is read, such as one that is too large. */
  public MappedBody refuse(Rejection rejection, Origin origin) {
    RejectedItems rejected = rejected(new byte[0], origin);
    rejected.add(new MappedItem.Rejected("", rejection), null);
    return new MappedBody(List.of(), rejected.records(), rejected.rejections(), 0);
  }

  private RejectedItems rejected(byte[] body, Origin origin) {
    return new RejectedItems(wireHeaders.rejectedEvent(), body, origin, rawValueLimit);
  }

  private static byte[] key(UsageEvent event) {
    return UsageRecords.key(event).getBytes(StandardCharsets.UTF_8);
  }

  private MappedItem.Rejected tooLarge(String path, int bytes) {
    return new MappedItem.Rejected(
        path,
        new Rejection(
            RejectionReason.TOO_LARGE,
            "the event has " + bytes + " bytes, more than event.max.bytes, " + eventMaxBytes));
  }
}
