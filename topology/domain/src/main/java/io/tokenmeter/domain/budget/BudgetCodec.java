package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;

/** The compact form of a budget's state: a version, then fields in a fixed order. */
final class BudgetCodec {
  private static final int VERSION = 1;

  private BudgetCodec() {}

  static byte[] encode(BudgetState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(state.subject.dimension());
      out.writeUTF(state.subject.key());
      out.writeByte(state.period.ordinal());
      out.writeUTF(state.calendar.zone().getId());
      write(out, state.limit);
      out.writeLong(state.periodStart);
      out.writeLong(state.nowMicros);
      out.writeBoolean(state.forecastDone);
      out.writeShort(state.open.size());
      for (BudgetState.Open open : state.open) {
        out.writeUTF(open.cause());
        out.writeShort(open.percent());
        out.writeLong(open.sinceMicros());
        write(out, open.threshold());
      }
      out.writeInt(state.buckets.size());
      for (Map.Entry<Long, Money> bucket : state.buckets.entrySet()) {
        out.writeLong(bucket.getKey());
        write(out, bucket.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static BudgetState decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalArgumentException("a budget's state of version " + version);
      }
      BudgetState state =
          new BudgetState(
              new Subject(in.readUTF(), in.readUTF()),
              BudgetPeriod.values()[in.readByte()],
              ZoneId.of(in.readUTF()),
              money(in));
      state.periodStart = in.readLong();
      state.nowMicros = in.readLong();
      state.forecastDone = in.readBoolean();
      for (int left = in.readShort(); left > 0; left--) {
        state.open.add(
            new BudgetState.Open(in.readUTF(), in.readShort(), in.readLong(), money(in)));
      }
      for (int left = in.readInt(); left > 0; left--) {
        state.buckets.put(in.readLong(), money(in));
      }
      return state;
    } catch (IOException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a budget's state", e);
    }
  }

  private static void write(DataOutputStream out, Money money) throws IOException {
    out.writeLong(money.hi());
    out.writeLong(money.lo());
  }

  private static Money money(DataInputStream in) throws IOException {
    return Money.of(in.readLong(), in.readLong());
  }
}
