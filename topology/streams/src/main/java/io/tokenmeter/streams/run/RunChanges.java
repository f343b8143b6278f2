package io.tokenmeter.streams.run;

import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.commit.CommitBoundLog;
import io.tokenmeter.streams.commit.CommitBoundStoreBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Makes {@link TrackRun} write back inside each commit, and is a log of the runs that readers do
 * not have as they are, so that a restarted task writes them out although nothing more comes.
 */
final class RunChanges extends CommitBoundLog {
  private static final int ENTRY_BYTES = 64 << 10;

  private final AvroBodyWriter out = new AvroBodyWriter();

  private RunChanges(String name) {
    super(name);
  }

  static StoreBuilder<RunChanges> builder(String name) {
    return new CommitBoundStoreBuilder<>(name, () -> new RunChanges(name));
  }

  /** The runs in the log. */
  List<Bytes> runs() {
    List<Bytes> runs = new ArrayList<>();
    AvroBodyReader in = new AvroBodyReader();
    for (byte[] entry : entries()) {
      in.start(entry, 0, entry.length);
      while (in.position() < entry.length) {
        long run = in.readSlice();
        int offset = Slice.offset(run);
        runs.add(Bytes.wrap(Arrays.copyOfRange(entry, offset, offset + Slice.length(run))));
      }
    }
    return runs;
  }

  /** Logs runs that have changed. */
  void add(List<Bytes> runs) {
    out.reset();
    for (Bytes run : runs) {
      out.writeBytes(run.get());
      if (out.size() > ENTRY_BYTES) {
        logEntry();
      }
    }
    if (out.size() > 0) {
      logEntry();
    }
  }

  private void logEntry() {
    append(out.toByteArray());
    out.reset();
  }

  /** Deletes the log: readers have all there is. */
  void allWritten() {
    deleteEntries();
  }
}
