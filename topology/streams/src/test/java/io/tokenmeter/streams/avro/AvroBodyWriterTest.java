package io.tokenmeter.streams.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Both directions: what the writer writes is what Avro writes, and the reader reads it. */
class AvroBodyWriterTest {
  private static final long SEED = 20_260_315;

  private final AvroBodyWriter writer = new AvroBodyWriter();
  private final AvroBodyReader reader = new AvroBodyReader();

  @Test
  void longs_areWrittenAsAvroWritesThem() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      long value = extreme(i, random);
      byte[] bytes = writer.reset().writeLong(value).toByteArray();
      assertThat(bytes).as("%d", value).isEqualTo(avro(encoder -> encoder.writeLong(value)));
      start(bytes);
      assertThat(reader.readLong()).isEqualTo(value);
      reader.expectEnd();
    }
  }

  @Test
  void strings_areWrittenAsAvroWritesThem() throws IOException {
    for (String text :
        new String[] {
          "", "a", "gpt-4o", "größer", "語", "😀", "a😀", "x".repeat(5_000), "ab\u007f\u0080"
        }) {
      byte[] bytes = writer.reset().writeString(text).toByteArray();
      assertThat(bytes).isEqualTo(avro(encoder -> encoder.writeString(text)));
      assertThat(writer.reset().writeOptionalString(text).toByteArray())
          .isEqualTo(
              avro(
                  encoder -> {
                    encoder.writeIndex(1);
                    encoder.writeString(text);
                  }));
    }
    assertThat(writer.reset().writeOptionalString(null).toByteArray()).isEqualTo(new byte[] {0});
  }

  @Test
  void doubles_areWrittenAsAvroWritesThem() throws IOException {
    for (double value : new double[] {0, -0.0, 1.5, Double.MAX_VALUE, Double.NaN, -1e-300}) {
      assertThat(writer.reset().writeDouble(value).toByteArray())
          .isEqualTo(avro(encoder -> encoder.writeDouble(value)));
    }
  }

  @Test
  void decimalsOf64Bits_areTheShortestTwosComplement() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      long value = extreme(i, random);
      byte[] bytes = writer.reset().writeDecimal(value).toByteArray();
      assertThat(bytes).as("%d", value).isEqualTo(decimal(BigInteger.valueOf(value)));
      start(bytes);
      assertThat(reader.readUnscaledLong()).isEqualTo(value);
      reader.expectEnd();
    }
  }

  @Test
  void decimalsOf128Bits_areTheShortestTwosComplement() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      BigInteger value = new BigInteger(random.nextInt(128), random);
      value = random.nextBoolean() ? value : value.negate();
      long high = value.shiftRight(64).longValue();
      byte[] bytes = writer.reset().writeDecimal(high, value.longValue()).toByteArray();
      assertThat(bytes).as("seed %d: %s", SEED, value).isEqualTo(decimal(value));
    }
  }

  @Test
  void extremeDecimalsOf128Bits_areTheShortestTwosComplement() throws IOException {
    for (int bit = 0; bit < 127; bit++) {
      for (int offset = -1; offset <= 1; offset++) {
        BigInteger value = BigInteger.ONE.shiftLeft(bit).add(BigInteger.valueOf(offset));
        for (BigInteger signed : new BigInteger[] {value, value.negate()}) {
          long high = signed.shiftRight(64).longValue();
          assertThat(writer.reset().writeDecimal(high, signed.longValue()).toByteArray())
              .as("%s", signed)
              .isEqualTo(decimal(signed));
        }
      }
    }
    assertThat(writer.reset().writeDecimal(Long.MIN_VALUE, 0).toByteArray())
        .isEqualTo(decimal(BigInteger.ONE.shiftLeft(127).negate()));
  }

  @Test
  void decimalBeyondALong_isRefusedByTheReader() {
    for (BigInteger value :
        new BigInteger[] {
          BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE),
          BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(100)
        }) {
      start(writer.reset().writeBytes(value.toByteArray()).toByteArray());
      assertThatThrownBy(reader::readUnscaledLong)
          .isInstanceOf(MalformedAvroException.class)
          .hasMessageStartingWith("a decimal out of range");
    }
    start(writer.reset().writeBytes(new byte[0]).toByteArray());
    assertThatThrownBy(reader::readUnscaledLong)
        .isInstanceOf(MalformedAvroException.class)
        .hasMessageStartingWith("an empty decimal");
  }

  /** Some writers pad decimals to a fixed length. */
  @Test
  void paddedDecimal_isReadAsItsValue() {
    for (long value : new long[] {0, 1, -1, 127, -128, 5_000_000}) {
      byte[] padded = ByteBuffer.allocate(16).putLong(value >> 63).putLong(value).array();
      start(writer.reset().writeBytes(padded).toByteArray());
      assertThat(reader.readUnscaledLong()).isEqualTo(value);
    }
  }

  @Test
  void numberOfMoreThanTenBytes_isRefusedByTheReader() {
    byte[] endless = new byte[20];
    java.util.Arrays.fill(endless, (byte) 0xff);
    start(endless);
    assertThatThrownBy(reader::readLong)
        .isInstanceOf(MalformedAvroException.class)
        .hasMessageContaining("longer than ten bytes");
  }

  @Test
  void everythingAfterAnother_growsAndStaysInOrder() {
    writer.reset();
    for (int i = 0; i < 10_000; i++) {
      writer.writeLong(i).writeString("text-" + i).writeNull().writePresent().writeDecimal(-i);
    }
    byte[] bytes = writer.toByteArray();
    assertThat(writer.size()).isEqualTo(bytes.length);
    start(bytes);
    for (int i = 0; i < 10_000; i++) {
      assertThat(reader.readLong()).isEqualTo(i);
      long text = reader.readSlice();
      assertThat(new String(bytes, Slice.offset(text), Slice.length(text))).isEqualTo("text-" + i);
      assertThat(reader.readPresent()).isFalse();
      assertThat(reader.readPresent()).isTrue();
      assertThat(reader.readUnscaledLong()).isEqualTo(-i);
    }
    reader.expectEnd();
  }

  private static long extreme(int number, Random random) {
    if (number < 256) {
      long edge = 1L << number / 4;
      return number % 4 < 2 ? edge - number % 2 : -edge - number % 2;
    }
    return random.nextLong() >> random.nextInt(64);
  }

  private static byte[] decimal(BigInteger value) throws IOException {
    return avro(encoder -> encoder.writeBytes(value.toByteArray()));
  }

  private void start(byte[] bytes) {
    reader.start(bytes, 0, bytes.length);
  }

  private interface Writing {
    void to(BinaryEncoder encoder) throws IOException;
  }

  private static byte[] avro(Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    writing.to(encoder);
    return out.toByteArray();
  }
}
