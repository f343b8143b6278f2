package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import org.jspecify.annotations.Nullable;

/** A window's totals and how often they were written out. */
final class WindowState {
  final RollupTotals totals;
  long revision;

  WindowState() {
    this(0, new RollupTotals());
  }

  private WindowState(long revision, RollupTotals totals) {
    this.revision = revision;
    this.totals = totals;
  }

  byte[] encode(AvroBodyWriter out) {
    out.reset().writeLong(revision);
    TotalsCodec.write(out, totals);
    return out.toByteArray();
  }

  static WindowState decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return new WindowState();
    }
    AvroBodyReader in = new AvroBodyReader();
    in.start(bytes, 0, bytes.length);
    return new WindowState(in.readLong(), TotalsCodec.read(in));
  }
}
