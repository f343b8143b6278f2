package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.workload.ModelPrice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Prices as the DSL rungs keep them in their global table. */
final class ModelPriceSerde {

  private ModelPriceSerde() {}

  static Serde<ModelPrice> create() {
    return Serdes.serdeFrom(
        (topic, price) -> encode(price), (topic, bytes) -> bytes == null ? null : decode(bytes));
  }

  static byte[] encode(ModelPrice price) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(price.provider());
      out.writeUTF(price.model());
      out.writeInt(price.share());
      out.writeLong(price.inputPicos());
      out.writeLong(price.cacheReadPicos());
      out.writeLong(price.cacheWritePicos());
      out.writeLong(price.outputPicos());
      out.writeBoolean(price.reasoning());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static ModelPrice decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new ModelPrice(
          in.readUTF(),
          in.readUTF(),
          in.readInt(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readBoolean());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
