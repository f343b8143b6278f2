package io.tokenmeter.intake.http;

import io.tokenmeter.mapping.MappedItem;
import java.util.List;

/**
 * Answers of OTLP/HTTP in JSON, with protobuf's JSON names; 64-bit numbers are text there.
 *
 * <p>Source: https://protobuf.dev/programming-guides/json/.
 */
final class OtlpJsonAnswers extends OtlpAnswers {

  @Override
  String type() {
    return JsonAnswers.TYPE;
  }

  @Override
  byte[] success(List<MappedItem.Rejected> rejections) {
    return JsonAnswers.object(
        json -> {
          if (!rejections.isEmpty()) {
            json.writeObjectFieldStart("partialSuccess");
            json.writeStringField("rejectedSpans", Integer.toString(rejections.size()));
            json.writeStringField("errorMessage", errorMessage(rejections));
            json.writeEndObject();
          }
        });
  }

  @Override
  byte[] status(int code, String message) {
    return JsonAnswers.object(
        json -> {
          json.writeNumberField("code", code);
          json.writeStringField("message", message);
        });
  }
}
