package io.tokenmeter.streams.faults;

import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.cluster.UsageProducer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Records that cannot be metered, each made from a good event. */
enum Poison {
  NO_VALUE {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return null;
    }
  },
  EMPTY {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return new byte[0];
    }
  },
  NOT_FRAMED {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return ("{\"event_id\":\"" + event.getEventId() + "\"}").getBytes(StandardCharsets.UTF_8);
    }
  },
  ONLY_A_FRAME {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return Arrays.copyOf(encoder.encode(event), 5);
    }
  },
  UNKNOWN_SCHEMA {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return ByteBuffer.wrap(encoder.encode(event))
          .putInt(1, 1_900_000_000 + random.nextInt(3))
          .array();
    }
  },
  CUT_OFF {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      byte[] value = encoder.encode(event);
      return Arrays.copyOf(value, 6 + random.nextInt(value.length - 6));
    }
  },
  TRAILING_BYTES {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      byte[] value = encoder.encode(event);
      return Arrays.copyOf(value, value.length + 1 + random.nextInt(9));
    }
  },
  GARBAGE {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      // A string of 2^62 bytes to begin with.
      byte[] value = encoder.encode(event);
      Arrays.fill(value, 5, Math.min(value.length, 13), (byte) 0xff);
      return value;
    }
  },
  NEGATIVE_COUNT {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return encoder.encode(UsageEvent.newBuilder(event).setOutputTokens(-1L).build());
    }
  },
  PARTS_EXCEED_TOTAL {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return encoder.encode(
          UsageEvent.newBuilder(event).setOutputTokens(10L).setReasoningTokens(11L).build());
    }
  },
  HALF_A_TOKEN {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return encoder.encode(
          UsageEvent.newBuilder(event)
              .setExtraUnits(Map.of("input_audio_tokens", new BigDecimal("0.500000")))
              .build());
    }
  },
  TOO_MUCH {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return encoder.encode(UsageEvent.newBuilder(event).setInputTokens(Long.MAX_VALUE).build());
    }
  },
  TOMORROW {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      Instant future =
          Instant.ofEpochSecond(Instant.now().getEpochSecond()).plus(Duration.ofDays(3));
      return encoder.encode(UsageEvent.newBuilder(event).setOccurredAt(future).build());
    }
  },
  LONG_AGO {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return encoder.encode(UsageEvent.newBuilder(event).setOccurredAt(Instant.EPOCH).build());
    }
  },
  NO_MODEL {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return encoder.encode(UsageEvent.newBuilder(event).setModel(" ").build());
    }
  },
  NO_ID {
    @Override
    byte[] make(UsageEvent event, UsageProducer encoder, Random random) {
      return encoder.encode(UsageEvent.newBuilder(event).setEventId("").build());
    }
  };

  private static final Poison[] ALL = values();

  static Poison any(Random random) {
    return ALL[random.nextInt(ALL.length)];
  }

  abstract byte[] make(UsageEvent event, UsageProducer encoder, Random random);
}
