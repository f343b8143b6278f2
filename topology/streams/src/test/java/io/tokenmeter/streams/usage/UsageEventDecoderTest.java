package io.tokenmeter.streams.usage;

import static io.tokenmeter.streams.fixture.Usage.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.tokenmeter.domain.rollup.Dimension.Attribute;
import io.tokenmeter.domain.rollup.Dimension.Field;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.avro.MalformedAvroException;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.fixture.RandomUsage;
import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

class UsageEventDecoderTest {
  private final UsageEventDecoder decoder = new UsageEventDecoder();
  private final MeteredEvent event = new MeteredEvent(new NameTable());

  // Against the generated class.

  @Test
  void randomEvents_decodeToWhatTheGeneratedClassHolds() {
    long seed = 1_618;
    RandomUsage usage = new RandomUsage(seed);
    for (int i = 0; i < 3_000; i++) {
      UsageEvent expected = usage.next();
      byte[] body = TestRegistrySerializer.body(expected);
      decoder.decode(body, 0, body.length, event);
      assertDecoded(expected, "seed " + seed + ", event " + i);
    }
  }

  @Test
  void bodyInTheMiddleOfAnArray_decodesToTheSame() {
    RandomUsage usage = new RandomUsage(2);
    for (int i = 0; i < 200; i++) {
      UsageEvent expected = usage.next();
      byte[] body = TestRegistrySerializer.body(expected);
      byte[] framed = new byte[body.length + 15];
      Arrays.fill(framed, (byte) 0x55);
      System.arraycopy(body, 0, framed, 5, body.length);
      decoder.decode(framed, 5, 5 + body.length, event);
      assertDecoded(expected, "event " + i);
      assertThat(event.bodyLength()).isEqualTo(body.length);
    }
  }

  /** Avro may write a map in several blocks, each with its length in bytes before it. */
  @Test
  void mapsInSeveralBlocks_decodeToTheSame() throws IOException {
    Map<String, BigDecimal> units = new TreeMap<>();
    Map<String, String> tags = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      units.put("some-longer-name-of-a-unit-" + i, BigDecimal.valueOf(1_000_000L * i, 6));
      tags.put("some-longer-name-of-a-tag-" + i, "value-" + i);
    }
    UsageEvent expected = request("e").setExtraUnits(units).setTags(tags).build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder =
        new EncoderFactory().configureBlockSize(128).blockingBinaryEncoder(out, null);
    new SpecificDatumWriter<>(UsageEvent.class).write(expected, encoder);
    encoder.flush();
    byte[] body = out.toByteArray();
    assertThat(body.length).isGreaterThan(TestRegistrySerializer.body(expected).length);
    decoder.decode(body, 0, body.length, event);
    assertDecoded(expected, "blocks");
  }

  @Test
  void eventAfterAFullerOne_hasNothingOfIt() {
    byte[] full =
        TestRegistrySerializer.body(
            request("full")
                .setTeam("search")
                .setAttempt(3)
                .setStatus(RequestStatus.ERROR)
                .setCostRole(CostRole.ROLLUP)
                .setLatencyMs(5L)
                .setExtraUnits(Map.of("images", new BigDecimal("1.000000")))
                .setTags(Map.of("a", "b"))
                .build());
    UsageEvent bare = request("bare").setInputTokens(null).setOutputTokens(null).build();
    byte[] body = TestRegistrySerializer.body(bare);
    decoder.decode(full, 0, full.length, event);
    assertThat(event.name(Field.TEAM).text()).isEqualTo("search");
    decoder.decode(body, 0, body.length, event);
    assertDecoded(bare, "bare");
    assertThat(event.quantities().isEmpty()).isTrue();
  }

  @Test
  void tag_isFoundByItsWholeName() {
    decode(
        request("e").setTags(Map.of("env", "prod", "environment", "other", "", "empty")).build());
    assertThat(tag("env").text()).isEqualTo("prod");
    assertThat(tag("en")).isNull();
    assertThat(tag("envi")).isNull();
    assertThat(tag("").text()).isEqualTo("empty");
  }

  @Test
  void longestTag_isThePlaceOfTheLongestValue() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("a", "xx");
    tags.put("b", "xxxx");
    tags.put("c", "xxx");
    decode(request("e").setTags(tags).build());
    assertThat(event.text(event.longestTag())).isEqualTo("xxxx");
    decode(request("e").build());
    assertThat(event.longestTag()).isEqualTo(Slice.ABSENT);
  }

  // Damaged bodies.

  @Test
  void emptyBody_isMalformed() {
    assertThatThrownBy(() -> decoder.decode(new byte[0], 0, 0, event))
        .isInstanceOf(MalformedAvroException.class)
        .hasMessage("the record ends early, at byte 0");
  }

  @Test
  void everyTruncation_isMalformed() {
    byte[] body = TestRegistrySerializer.body(new RandomUsage(77).next());
    for (int end = 0; end < body.length; end++) {
      int cut = end;
      assertThatThrownBy(() -> decoder.decode(body, 0, cut, event))
          .as("cut off at %d of %d", cut, body.length)
          .isInstanceOf(MalformedAvroException.class);
    }
  }

  @Test
  void unknownEnumSymbol_isMalformed() {
    byte[] body = TestRegistrySerializer.body(request("e").build());
    long malformed = 0;
    for (int i = 0; i < body.length; i++) {
      byte[] changed = body.clone();
      changed[i] = 6;
      try {
        decoder.decode(changed, 0, changed.length, event);
      } catch (MalformedAvroException e) {
        malformed += e.getMessage().startsWith("enum symbol 3") ? 1 : 0;
      }
    }
    assertThat(malformed).as("one for each enum").isEqualTo(3);
  }

  @Test
  void blockOfMoreEntriesThanThereAreBytes_isMalformed() {
    for (long count : new long[] {1_000, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -5}) {
      byte[] body = TestRegistrySerializer.body(request("e").setTags(Map.of()).build());
      ByteArrayOutputStream damaged = new ByteArrayOutputStream();
      damaged.write(body, 0, body.length - 1);
      damaged.writeBytes(zigzag(count));
      byte[] bytes = damaged.toByteArray();
      assertThatThrownBy(() -> decoder.decode(bytes, 0, bytes.length, event))
          .isInstanceOf(MalformedAvroException.class);
    }
  }

  @Test
  void damagedBodies_failWithMalformedAvroOnlyAndReadNothingBeyondTheirEnd() {
    long seed = 42;
    Random random = new Random(seed);
    RandomUsage usage = new RandomUsage(seed);
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      bodies.add(TestRegistrySerializer.body(usage.next()));
    }
    long allocated = allocatedBytes();
    int cases = 60_000;
    for (int i = 0; i < cases; i++) {
      byte[] damaged = damage(bodies.get(random.nextInt(bodies.size())), random);
      String first = outcome(damaged, (byte) 0, seed, i);
      String second = outcome(damaged, (byte) 0xff, seed, i);
      if (!first.equals(second)) {
        fail("seed %d, case %d: what follows the body changes it: %s, %s", seed, i, first, second);
      }
    }
    assertThat((allocatedBytes() - allocated) / cases).as("bytes a case").isLessThan(100_000);
  }

  /** What comes of a body that is followed by some bytes: what was read, or what is wrong. */
  private String outcome(byte[] body, byte follower, long seed, int number) {
    byte[] bytes = Arrays.copyOf(body, body.length + 64);
    Arrays.fill(bytes, body.length, bytes.length, follower);
    try {
      decoder.decode(bytes, 0, body.length, event);
      return readEverything();
    } catch (MalformedAvroException e) {
      return e.getMessage();
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ", case " + number, e);
    }
  }

  private String readEverything() {
    StringBuilder read = new StringBuilder(event.eventId()).append(event.occurredAtMicros());
    for (Field field : Field.values()) {
      read.append(event.name(field)).append(' ');
    }
    read.append(tag("a")).append(event.longestTag()).append(event.latencyMillis());
    read.append(event.quantities().reportedBits())
        .append(' ')
        .append(event.quantities().flatCount());
    return read.toString();
  }

  private static byte[] damage(byte[] body, Random random) {
    byte[] damaged = body.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(5)) {
        case 0 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
        case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> damaged[at] = (byte) random.nextInt();
        case 3 -> Arrays.fill(damaged, at, Math.min(damaged.length, at + 12), (byte) 0xff);
        default -> {
          byte[] longer = Arrays.copyOf(damaged, damaged.length + 1);
          System.arraycopy(damaged, at, longer, at + 1, damaged.length - at);
          damaged = longer;
        }
      }
    }
    return damaged;
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static byte[] zigzag(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long left = value << 1 ^ value >> 63;
    while ((left & ~0x7fL) != 0) {
      out.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
    return out.toByteArray();
  }

  private void decode(UsageEvent usage) {
    byte[] body = TestRegistrySerializer.body(usage);
    decoder.decode(body, 0, body.length, event);
  }

  private Name tag(String name) {
    return event.name(new Attribute(Field.TAG, name));
  }

  private void assertDecoded(UsageEvent expected, String as) {
    assertThat(event.eventId()).as(as).isEqualTo(expected.getEventId());
    assertThat(new String(event.eventIdBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(expected.getEventId());
    assertThat(event.occurredAtMicros())
        .as(as)
        .isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, expected.getOccurredAt()));
    assertThat(event.provider()).as(as).isEqualTo(expected.getProvider());
    assertThat(event.model()).as(as).isEqualTo(expected.getModel());
    assertThat(event.serviceTier()).as(as).isEqualTo(expected.getServiceTier());
    assertThat(event.region()).as(as).isEqualTo(expected.getRegion());
    assertThat(event.project()).as(as).isEqualTo(expected.getProject());
    assertThat(event.team()).as(as).isEqualTo(expected.getTeam());
    names(expected)
        .forEach(
            (field, text) -> {
              Name name = event.name(field);
              assertThat(name == null ? null : name.text()).as("%s, %s", as, field).isEqualTo(text);
            });
    assertThat(event.costRole().name()).as(as).isEqualTo(expected.getCostRole().name());
    assertThat(event.failed()).as(as).isEqualTo(expected.getStatus() != RequestStatus.OK);
    boolean retry =
        expected.getRetryOf() != null || expected.getAttempt() != null && expected.getAttempt() > 1;
    assertThat(event.retry()).as(as).isEqualTo(retry);
    long latency = expected.getLatencyMs() == null ? -1 : expected.getLatencyMs();
    assertThat(event.latencyMillis()).as(as).isEqualTo(latency);
    if (expected.getTags() != null) {
      expected.getTags().forEach((tag, value) -> assertThat(tag(tag).text()).isEqualTo(value));
    }
    assertQuantities(expected, as);
  }

  private void assertQuantities(UsageEvent expected, String as) {
    UsageQuantities quantities = event.quantities();
    Map<Unit, Long> counts = new HashMap<>();
    counts.put(Unit.INPUT, expected.getInputTokens());
    counts.put(Unit.CACHE_READ, expected.getCacheReadTokens());
    counts.put(Unit.CACHE_WRITE, expected.getCacheWriteTokens());
    counts.put(Unit.CACHE_WRITE_1H, expected.getCacheWrite1hTokens());
    counts.put(Unit.OUTPUT, expected.getOutputTokens());
    counts.put(Unit.OUTPUT_REASONING, expected.getReasoningTokens());
    Map<String, Long> flat = new HashMap<>();
    if (expected.getExtraUnits() != null) {
      expected
          .getExtraUnits()
          .forEach(
              (name, quantity) -> {
                Unit unit = Unit.byName(name);
                if (unit == null) {
                  flat.put(name, quantity.unscaledValue().longValueExact());
                } else {
                  counts.put(unit, quantity.longValueExact());
                }
              });
    }
    for (Unit unit : Unit.values()) {
      Long count = counts.get(unit);
      assertThat(quantities.has(unit)).as("%s, %s", as, unit).isEqualTo(count != null);
      assertThat(quantities.has(unit) ? quantities.get(unit) : null).as(as).isEqualTo(count);
    }
    Map<String, Long> actual = new HashMap<>();
    for (int i = 0; i < quantities.flatCount(); i++) {
      actual.put(quantities.flatName(i), quantities.flatMicros(i));
    }
    assertThat(actual).as(as).isEqualTo(flat);
  }

  private static Map<Field, String> names(UsageEvent expected) {
    Map<Field, String> names = new HashMap<>();
    names.put(Field.MODEL, expected.getModel());
    names.put(Field.API_KEY, expected.getApiKeyId());
    names.put(Field.WORKFLOW, expected.getWorkflow());
    names.put(Field.PROJECT, expected.getProject());
    names.put(Field.TEAM, expected.getTeam());
    names.put(Field.CUSTOMER, expected.getCustomerId());
    names.put(Field.PROVIDER, expected.getProvider());
    names.put(Field.ENVIRONMENT, expected.getEnvironment());
    names.put(Field.USER, expected.getUserId());
    names.put(Field.REGION, expected.getRegion());
    names.put(Field.AGENT, expected.getAgent());
    names.put(Field.SERVICE_TIER, expected.getServiceTier());
    names.put(Field.OPERATION, expected.getOperation());
    assertThat(names).hasSize(Field.values().length - 1);
    return names;
  }
}
