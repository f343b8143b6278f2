package io.tokenmeter.domain.run;

import io.tokenmeter.domain.state.StateBytes;
import org.jspecify.annotations.Nullable;

/**
 * Writes a state's parts one after the other: numbers of variable length, hashes, texts. Not
 * thread-safe.
 */
public final class StateWriter extends StateBytes {
  /** A writer that has written nothing. */
  public StateWriter() {
    super(256);
  }

  /** A writer that goes on after what was written before. */
  StateWriter(byte[] written) {
    super(written);
  }

  /** Starts again at the beginning. */
  StateWriter reset() {
    clear();
    return this;
  }

  /** Reads what has been written so far, which must not be written over meanwhile. */
  StateReader read() {
    return new StateReader(array());
  }

  /** A number in zigzag encoding, 1 to 10 bytes. */
  StateWriter number(long value) {
    putNumber(value);
    return this;
  }

  /** 8 bytes as they are: shorter than a number for what is random. */
  StateWriter hash(long value) {
    putLong(value);
    return this;
  }

  StateWriter flag(boolean value) {
    putByte(value ? 2 : 0); // as the number 1, or 0
    return this;
  }

  /** A text in UTF-8, or none. */
  StateWriter text(@Nullable String value) {
    if (value == null) {
      putNumber(-1);
    } else {
      putText(value);
    }
    return this;
  }

  /** All that another writer has written, with its length. */
  StateWriter bytes(StateWriter other) {
    putWithLength(other);
    return this;
  }
}
