package io.tokenmeter.streams.usage;

import io.tokenmeter.streams.avro.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of names (models, keys, teams) into {@link Name}s without making a string for
 * each event: an open-addressing table by the bytes' hash. Not thread-safe.
 */
public final class NameTable {
  private @Nullable Name[] slots = new Name[1024];
  private int size;
  private int generation;
  private Name empty = of(new byte[0], Slice.of(0, 0));

  /** Number of names held. */
  public int size() {
    return size;
  }

  /** Forgets all names; ids start again. Nothing may hold on to a name across this. */
  public void clear() {
    slots = new Name[1024];
    size = 0;
    generation++;
    empty = of(new byte[0], Slice.of(0, 0));
  }

  /** Forgets all names if there are more than so many, see {@link #clear}. */
  public void clearAbove(int names) {
    if (size > names) {
      clear();
    }
  }

  /** Changes whenever all names are forgotten. */
  public int generation() {
    return generation;
  }

  /** The empty name. */
  public Name empty() {
    return empty;
  }

  /** The name of a slice; null for {@link Slice#ABSENT}. */
  public @Nullable Name optional(byte[] bytes, long slice) {
    return slice == Slice.ABSENT ? null : of(bytes, slice);
  }

  /** The name of a slice. */
  public Name of(byte[] bytes, long slice) {
    int offset = Slice.offset(slice);
    int length = Slice.length(slice);
    int hash = hash(bytes, offset, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    Name name;
    while ((name = slots[slot]) != null) {
      if (name.hash() == hash && name.isOf(bytes, offset, offset + length)) {
        return name;
      }
      slot = slot + 1 & mask;
    }
    return insert(slot, hash, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  private Name insert(int slot, int hash, byte[] raw) {
    Name name = new Name(raw, hash, size++);
    slots[slot] = name;
    if (size > slots.length / 2) {
      grow();
    }
    return name;
  }

  private void grow() {
    @Nullable Name[] old = slots;
    slots = new Name[old.length * 2];
    int mask = slots.length - 1;
    for (Name name : old) {
      if (name != null) {
        int slot = name.hash() & mask;
        while (slots[slot] != null) {
          slot = slot + 1 & mask;
        }
        slots[slot] = name;
      }
    }
  }

  private static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9E3779B1;
    return hash ^ hash >>> 15;
  }
}
