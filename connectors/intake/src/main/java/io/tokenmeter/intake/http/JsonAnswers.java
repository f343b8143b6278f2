package io.tokenmeter.intake.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.intake.kafka.MappedBody;
import io.tokenmeter.mapping.MappedItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Answers as JSON: how many items were accepted, rejected and ignored, and for each rejected one
 * where it stands and why.
 *
 * <p>200 when anything was accepted or there was nothing to reject, else 400.
 */
final class JsonAnswers implements AnswerStyle {
  static final String TYPE = "application/json";

  /** A client that got everything wrong needs no ten thousand explanations. */
  static final int MAX_ERRORS = 100;

  private static final JsonFactory JSON = new JsonFactory();

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  @Override
  public Answer mapped(MappedBody body) {
    boolean nothing = body.accepted().isEmpty() && !body.rejections().isEmpty();
    return answer(
        nothing ? 400 : 200,
        Map.of(),
        json -> {
          json.writeNumberField("accepted", body.accepted().size());
          json.writeNumberField("rejected", body.rejections().size());
          json.writeNumberField("ignored", body.ignored());
          if (!body.rejections().isEmpty()) {
            writeErrors(json, body.rejections());
          }
        });
  }

  private static void writeErrors(JsonGenerator json, List<MappedItem.Rejected> rejections)
      throws IOException {
    json.writeArrayFieldStart("errors");
    for (MappedItem.Rejected rejected :
        rejections.subList(0, Math.min(rejections.size(), MAX_ERRORS))) {
      json.writeStartObject();
      json.writeStringField("item", rejected.path());
      json.writeStringField("reason", rejected.rejection().reason().name());
      json.writeStringField("message", rejected.rejection().message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public Answer refused(Refusal refusal) {
    return answer(
        refusal.status(),
        refusal.headers(),
        json -> json.writeStringField("error", refusal.message()));
  }

  private static Answer answer(int status, Map<String, String> headers, Fields fields) {
    return new Answer(status, TYPE, object(fields), headers);
  }

  /** One JSON object and a line end. */
  static byte[] object(Fields fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot be: it is written into memory
    }
    return out.toByteArray();
  }
}
