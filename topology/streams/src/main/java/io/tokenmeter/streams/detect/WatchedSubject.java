package io.tokenmeter.streams.detect;

import java.nio.ByteBuffer;

/** A detector's state of one subject, and when something was added to it. */
final class WatchedSubject<S> {
  final S state;

  /** The task's time when something was added last, microseconds since the epoch. */
  long heardMicros;

  WatchedSubject(S state) {
    this.state = state;
  }

  byte[] encode(SubjectWatch<S> watch) {
    byte[] encoded = watch.encode(state);
    return ByteBuffer.allocate(Long.BYTES + encoded.length)
        .putLong(heardMicros)
        .put(encoded)
        .array();
  }

  static <S> WatchedSubject<S> decode(byte[] stored, SubjectWatch<S> watch) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    long heardMicros = in.getLong();
    byte[] encoded = new byte[in.remaining()];
    in.get(encoded);
    WatchedSubject<S> subject = new WatchedSubject<>(watch.decode(encoded));
    subject.heardMicros = heardMicros;
    return subject;
  }
}
