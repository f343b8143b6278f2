package io.tokenmeter.domain.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventIdHashTest {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
  private static final BigInteger C1 = new BigInteger("87c37b91114253d5", 16);
  private static final BigInteger C2 = new BigInteger("4cf5ad432745937f", 16);

  private final EventIdHash hash = new EventIdHash();

  /** Values of MurmurHash3_x64_128 with seed 0 that several libraries have in their tests. */
  @Test
  void knownTexts_haveTheirPublishedHashes() {
    assertHash("", 0L, 0L);
    assertHash("hello", 0xcbd8a7b341bd9b02L, 0x5b1e906a48ae1d19L);
    assertHash("hello, world", 0x342fac623a5ebc8eL, 0x4cdcbc079642414dL);
    assertHash(
        "The quick brown fox jumps over the lazy dog.", 0xcd99481f9ee902c9L, 0x695da1a38987b6e7L);
  }

  @Test
  void anyBytesAtAnyOffset_hashAsTheReferenceDoes() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      int length = random.nextInt(100);
      int offset = random.nextInt(20);
      byte[] bytes = new byte[offset + length + random.nextInt(20)];
      random.nextBytes(bytes);
      hash.hash(bytes, offset, length);
      assertThat(new long[] {hash.high(), hash.low()})
          .as("seed %d, case %d: %d bytes at %d", seed, i, length, offset)
          .isEqualTo(reference(bytes, offset, length));
    }
  }

  @Test
  void oneInstance_remembersNothingOfTheHashBefore() {
    assertHash("hello", 0xcbd8a7b341bd9b02L, 0x5b1e906a48ae1d19L);
    assertHash("", 0L, 0L);
    assertHash("hello", 0xcbd8a7b341bd9b02L, 0x5b1e906a48ae1d19L);
  }

  private void assertHash(String text, long high, long low) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hash.hash(bytes, 0, bytes.length);
    assertThat(new long[] {hash.high(), hash.low()}).as(text).isEqualTo(new long[] {high, low});
  }

  // The reference: the published algorithm line by line, in arithmetic modulo 2^64.

  private static long[] reference(byte[] bytes, int offset, int length) {
    BigInteger h1 = BigInteger.ZERO;
    BigInteger h2 = BigInteger.ZERO;
    int whole = length / 16 * 16;
    for (int i = 0; i < whole; i += 16) {
      h1 = h1.xor(first(word(bytes, offset + i, 8)));
      h1 = times(rotate(h1, 27).add(h2), 5).add(BigInteger.valueOf(0x52dce729)).mod(TWO_TO_64);
      h2 = h2.xor(second(word(bytes, offset + i + 8, 8)));
      h2 = times(rotate(h2, 31).add(h1), 5).add(BigInteger.valueOf(0x38495ab5)).mod(TWO_TO_64);
    }
    int rest = length - whole;
    if (rest > 8) {
      h2 = h2.xor(second(word(bytes, offset + whole + 8, rest - 8)));
    }
    if (rest > 0) {
      h1 = h1.xor(first(word(bytes, offset + whole, Math.min(rest, 8))));
    }
    BigInteger size = BigInteger.valueOf(length);
    h1 = h1.xor(size);
    h2 = h2.xor(size);
    h1 = h1.add(h2).mod(TWO_TO_64);
    h2 = h2.add(h1).mod(TWO_TO_64);
    h1 = finish(h1);
    h2 = finish(h2);
    h1 = h1.add(h2).mod(TWO_TO_64);
    h2 = h2.add(h1).mod(TWO_TO_64);
    return new long[] {h1.longValue(), h2.longValue()};
  }

  private static BigInteger first(BigInteger k) {
    return rotate(k.multiply(C1).mod(TWO_TO_64), 31).multiply(C2).mod(TWO_TO_64);
  }

  private static BigInteger second(BigInteger k) {
    return rotate(k.multiply(C2).mod(TWO_TO_64), 33).multiply(C1).mod(TWO_TO_64);
  }

  private static BigInteger finish(BigInteger hash) {
    BigInteger h = hash.xor(hash.shiftRight(33));
    h = h.multiply(new BigInteger("ff51afd7ed558ccd", 16)).mod(TWO_TO_64);
    h = h.xor(h.shiftRight(33));
    h = h.multiply(new BigInteger("c4ceb9fe1a85ec53", 16)).mod(TWO_TO_64);
    return h.xor(h.shiftRight(33));
  }

  private static BigInteger word(byte[] bytes, int offset, int count) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < count; i++) {
      value = value.add(BigInteger.valueOf(bytes[offset + i] & 0xff).shiftLeft(8 * i));
    }
    return value;
  }

  private static BigInteger times(BigInteger value, long factor) {
    return value.multiply(BigInteger.valueOf(factor)).mod(TWO_TO_64);
  }

  private static BigInteger rotate(BigInteger value, int bits) {
    BigInteger reduced = value.mod(TWO_TO_64);
    return reduced.shiftLeft(bits).or(reduced.shiftRight(64 - bits)).mod(TWO_TO_64);
  }
}
