package io.tokenmeter.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is sent, the answer is a clear rejection or an event that the contract can carry. */
class HostileInputTest {

  private static final long SEED = 20260301;
  private static final int MUTANTS_OF_EACH = 200;

  private static final String[] NASTY = {
    "-1",
    "1e999999999",
    "1e-999999999",
    "-0.0",
    "9223372036854775808",
    "1.5",
    "null",
    "true",
    "\"\"",
    "[]",
    "{}",
    "\"NaN\"",
    "\"\\ud800\"",
    "[[[[[[[[[[[[[]]]]]]]]]]]]]",
    "1772359200.999999999999999999"
  };

  @ParameterizedTest
  @EnumSource(UsageFormat.class)
  void mutatedAndCutOffBodies_neverThrowAndNeverMakeAnEventThatCannotBeWritten(UsageFormat format) {
    UsageMapping mapping = format.mapping(MappingOptions.DEFAULT);
    bodies(format)
        .forEach(
            body -> {
              for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                long seed = SEED + i;
                byte[] mutant = mutate(body, new Random(seed));
                assertThatCode(() -> checkEvents(mapping.map(mutant, Golden.RECEIVED_AT)))
                    .as("seed %d, body of %d bytes", seed, body.length)
                    .doesNotThrowAnyException();
              }
            });
  }

  private static Stream<byte[]> bodies(UsageFormat format) {
    if (format != UsageFormat.OTLP_PROTOBUF) {
      return Golden.all(format).map(Golden::body);
    }
    return Golden.all(UsageFormat.OTLP_JSON).map(Golden::body).map(HostileInputTest::binary);
  }

  private static byte[] binary(byte[] json) {
    try {
      return ProtobufEncoder.encode(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkEvents(MappedBatch batch) throws IOException {
    for (UsageEvent event : batch.events()) {
      ByteBuffer bytes = UsageEvent.getEncoder().encode(event);
      assertThat(UsageEvent.getDecoder().decode(bytes)).isEqualTo(event);
      assertThat(event.getInputTokens() == null || event.getInputTokens() >= 0).isTrue();
      assertThat(event.getOutputTokens() == null || event.getOutputTokens() >= 0).isTrue();
    }
  }

  private static byte[] mutate(byte[] body, Random random) {
    byte[] mutant = body.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(body, random.nextInt(body.length));
      }
      case 1 -> {
        return replaceNumber(body, random);
      }
      default -> {
        for (int i = 0; i <= random.nextInt(8); i++) {
          mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return mutant;
      }
    }
  }

  /** Puts something nasty where a number stands. */
  private static byte[] replaceNumber(byte[] body, Random random) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int start = random.nextInt(text.length());
    while (start < text.length() && !Character.isDigit(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    String mutant =
        text.substring(0, start) + NASTY[random.nextInt(NASTY.length)] + text.substring(end);
    return mutant.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @EnumSource(UsageFormat.class)
  void bodyOverTheLimit_isRejectedUnread(UsageFormat format) {
    UsageMapping mapping = format.mapping(MappingOptions.DEFAULT.withMaxBytes(10));

    assertThat(mapping.map(new byte[11], Golden.RECEIVED_AT).rejections())
        .singleElement()
        .hasToString("TOO_LARGE: the body has 11 bytes, more than the allowed 10");
  }

  @ParameterizedTest
  @EnumSource(value = UsageFormat.class, names = "OTLP_PROTOBUF", mode = EnumSource.Mode.EXCLUDE)
  void deepJson_isRejected(UsageFormat format) {
    assertThat(map(format, "{\"a\":".repeat(100_000)).rejections())
        .singleElement()
        .hasToString("UNDECODABLE: a value of the JSON is deeper or longer than allowed");
  }

  @ParameterizedTest
  @EnumSource(value = UsageFormat.class, names = "OTLP_PROTOBUF", mode = EnumSource.Mode.EXCLUDE)
  void bytesThatAreNotUtf8_areRejected(UsageFormat format) {
    byte[] overlong = {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'};

    MappedBatch batch = format.mapping(MappingOptions.DEFAULT).map(overlong, Golden.RECEIVED_AT);

    assertThat(batch.rejections()).singleElement().hasToString("UNDECODABLE: not UTF-8 text");
  }

  @ParameterizedTest
  @EnumSource(value = UsageFormat.class, names = "OTLP_PROTOBUF", mode = EnumSource.Mode.EXCLUDE)
  void nothing_isRejected(UsageFormat format) {
    assertThat(map(format, " \n").rejections())
        .singleElement()
        .hasToString("UNDECODABLE: there is no JSON in it");
  }

  @Test
  void keyTwice_isRejected_becauseOneOfTheTwoWouldBeLost() {
    assertThat(map(UsageFormat.LITELLM, "{\"prompt_tokens\":1,\"prompt_tokens\":2}").rejections())
        .singleElement()
        .asString()
        .startsWith("UNDECODABLE: not valid JSON at line 1");
  }

  @Test
  void moreItemsThanAllowed_areRejectedAsAWhole() {
    UsageMapping mapping = UsageFormat.LITELLM.mapping(MappingOptions.DEFAULT.withMaxItems(2));

    assertThat(mapping.map(utf8("[{},{},{}]"), Golden.RECEIVED_AT).rejections())
        .singleElement()
        .hasToString("TOO_LARGE: the body has 3 items, more than the allowed 2");
    assertThat(mapping.map(utf8("{}\n{}\n{}\n"), Golden.RECEIVED_AT).rejections())
        .singleElement()
        .hasToString("TOO_LARGE: the body has 3 items, more than the allowed 2");
  }

  @Test
  void rejection_neverQuotesWhatWasSent() {
    String secret = "sk-proj-very-secret";

    MappedBatch batch =
        map(
            UsageFormat.LITELLM,
            "[{\"id\":[\"" + secret + "\"]},{\"prompt_tokens\":\"" + secret + "\"}]");

    assertThat(batch.rejections()).hasSize(2).noneMatch(item -> item.toString().contains(secret));
    assertThat(map(UsageFormat.LITELLM, "{\"id\": " + secret + "}").rejections())
        .hasSize(1)
        .noneMatch(item -> item.toString().contains(secret));
  }

  private static MappedBatch map(UsageFormat format, String body) {
    return format.mapping(MappingOptions.DEFAULT).map(utf8(body), Golden.RECEIVED_AT);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
