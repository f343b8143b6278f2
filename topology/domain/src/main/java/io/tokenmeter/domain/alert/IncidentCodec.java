package io.tokenmeter.domain.alert;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Incidents as bytes, for the store that outlives a restart. */
final class IncidentCodec {
  private IncidentCodec() {}

  static byte[] encodeClock(StreamClock clock) {
    return ByteBuffer.allocate(Long.BYTES + 1)
        .putLong(clock.latestMicros())
        .put((byte) (clock.isLive() ? 1 : 0))
        .array();
  }

  static StreamClock decodeClock(byte[] bytes, long nowMicros) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new StreamClock(in.getLong(), in.get() == 1, nowMicros);
  }

  static byte[] encode(Incident incident) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      write(new DataOutputStream(bytes), incident);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot be: it is written into memory
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Incident incident) throws IOException {
    out.writeByte(incident.phase.ordinal());
    out.writeByte(incident.severity.ordinal());
    out.writeLong(incident.dueMillis);
    out.writeLong(incident.patientMillis);
    out.writeLong(incident.heldBackMicros);
    out.writeShort(incident.members.size());
    for (Member member : incident.members) {
      FindingCodec.write(out, member.began);
      out.writeLong(member.sinceMicros);
      out.writeLong(member.heardMicros);
      out.writeLong(member.trailsSinceMillis);
      Finding ended = member.ended;
      out.writeBoolean(ended != null);
      if (ended != null) {
        FindingCodec.write(out, ended);
      }
    }
    out.writeShort(incident.also.size());
    for (Subject subject : incident.also) {
      FindingCodec.writeSubject(out, subject);
    }
    for (Member member : incident.members) {
      out.writeDouble(member.peak);
    }
  }

  static Incident decode(long number, byte[] bytes) {
    Incident incident = new Incident(number);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      incident.phase = Incident.Phase.values()[in.readByte()];
      incident.severity = Severity.values()[in.readByte()];
      incident.dueMillis = in.readLong();
      incident.patientMillis = in.readLong();
      incident.heldBackMicros = in.readLong();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        Member member = new Member(FindingCodec.read(in));
        member.sinceMicros = in.readLong();
        member.heardMicros = in.readLong();
        member.trailsSinceMillis = in.readLong();
        member.ended = in.readBoolean() ? FindingCodec.read(in) : null;
        incident.members.add(member);
      }
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        incident.also.add(FindingCodec.readSubject(in));
      }
      for (Member member : incident.members) {
        member.peak = in.available() > 0 ? in.readDouble() : member.stake(); // not written once
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a damaged incident of " + bytes.length + " bytes", e);
    }
    return incident;
  }
}
