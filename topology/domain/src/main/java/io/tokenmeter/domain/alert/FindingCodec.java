package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.money.Money;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings as bytes, for state and for the way from detectors to the incidents. */
public final class FindingCodec {
  private FindingCodec() {}

  /** The finding as {@link #decode(byte[])} reads it. */
  public static byte[] encode(Finding finding) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      write(new DataOutputStream(bytes), finding);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot be: it is written into memory
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws UncheckedIOException if the bytes end early
   */
  public static Finding decode(byte[] bytes) {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("a damaged finding of " + bytes.length + " bytes", e);
    }
  }

  static void write(DataOutputStream out, Finding finding) throws IOException {
    out.writeByte(finding.detector().ordinal());
    writeText(out, finding.cause());
    writeSubject(out, finding.subject());
    out.writeBoolean(finding.firing());
    out.writeLong(finding.sinceMicros());
    out.writeLong(finding.atMicros());
    out.writeLong(finding.windowStartMicros());
    out.writeLong(finding.windowEndMicros());
    writeMoney(out, finding.observed());
    writeMoney(out, finding.expected());
    writeMoney(out, finding.threshold());
    writeMoney(out, finding.atStake());
    out.writeByte(finding.severity().ordinal());
    out.writeShort(finding.drivers().size());
    for (Driver driver : finding.drivers()) {
      out.writeByte(driver.kind().ordinal());
      writeMoney(out, driver.part());
      writeText(out, driver.detail());
    }
    String priceOf = finding.priceOf();
    out.writeBoolean(priceOf != null);
    if (priceOf != null) {
      writeText(out, priceOf);
    }
    writeText(out, finding.sentence());
  }

  static Finding read(DataInputStream in) throws IOException {
    return new Finding(
        Detector.values()[in.readByte()],
        readText(in),
        readSubject(in),
        in.readBoolean(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        readMoney(in),
        readMoney(in),
        readMoney(in),
        orZero(readMoney(in)),
        Severity.values()[in.readByte()],
        readDrivers(in),
        in.readBoolean() ? readText(in) : null,
        readText(in));
  }

  static void writeSubject(DataOutputStream out, Subject subject) throws IOException {
    writeText(out, subject.dimension());
    writeText(out, subject.key());
  }

  static Subject readSubject(DataInputStream in) throws IOException {
    return new Subject(readText(in), readText(in));
  }

  private static List<Driver> readDrivers(DataInputStream in) throws IOException {
    List<Driver> drivers = new ArrayList<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      Driver.Kind kind = Driver.Kind.values()[in.readByte()];
      drivers.add(new Driver(kind, orZero(readMoney(in)), readText(in)));
    }
    return drivers;
  }

  /** Not writeUTF, which refuses more than 64 KiB. */
  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static void writeMoney(DataOutputStream out, @Nullable Money money) throws IOException {
    out.writeBoolean(money != null);
    if (money != null) {
      out.writeLong(money.hi());
      out.writeLong(money.lo());
    }
  }

  private static @Nullable Money readMoney(DataInputStream in) throws IOException {
    return in.readBoolean() ? Money.of(in.readLong(), in.readLong()) : null;
  }

  private static Money orZero(@Nullable Money money) {
    return money == null ? Money.ZERO : money;
  }
}
