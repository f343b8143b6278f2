package io.tokenmeter.intake.http;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.tokenmeter.intake.kafka.MappedBody;
import io.tokenmeter.mapping.MappedItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Answers of OTLP/HTTP in protobuf: an ExportTraceServiceResponse, with {@code partial_success}
 * where spans were rejected, else a google.rpc.Status.
 *
 * <p>Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp-response.
 */
class OtlpAnswers implements AnswerStyle {
  static final String PROTOBUF = "application/x-protobuf";

  /** An error message is read by people in a log: a few are enough. */
  private static final int MAX_ERRORS = 5;

  private static final int STATUS_CODE = 1;
  private static final int STATUS_MESSAGE = 2;

  @Override
  public Answer mapped(MappedBody body) {
    if (isUnreadable(body)) {
      return refused(Refusal.badRequest(body.rejections().get(0).toString()));
    }
    return new Answer(200, type(), success(body.rejections()), Map.of());
  }

  /** The whole body was rejected, not single spans. */
  private static boolean isUnreadable(MappedBody body) {
    return body.rejections().size() == 1 && body.rejections().get(0).path().isEmpty();
  }

  @Override
  public Answer refused(Refusal refusal) {
    int code = StatusCodes.ofHttp(refusal.status());
    return new Answer(refusal.status(), type(), status(code, refusal.message()), refusal.headers());
  }

  /** The first errors in words, and how many there are. */
  static String errorMessage(List<MappedItem.Rejected> rejections) {
    String first =
        rejections.stream()
            .limit(MAX_ERRORS)
            .map(MappedItem.Rejected::toString)
            .collect(Collectors.joining("; "));
    int more = rejections.size() - MAX_ERRORS;
    return more > 0 ? first + "; and " + more + " more" : first;
  }

  String type() {
    return PROTOBUF;
  }

  byte[] success(List<MappedItem.Rejected> rejections) {
    ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
    // The specification wants the field unset when everything was accepted.
    if (!rejections.isEmpty()) {
      response.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder()
              .setRejectedSpans(rejections.size())
              .setErrorMessage(errorMessage(rejections)));
    }
    return response.build().toByteArray();
  }

  /**
   * A google.rpc.Status: {@code int32 code = 1; string message = 2}. Source:
   * https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto.
   */
  byte[] status(int code, String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CodedOutputStream fields = CodedOutputStream.newInstance(out);
    try {
      fields.writeInt32(STATUS_CODE, code);
      fields.writeString(STATUS_MESSAGE, message);
      fields.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot be: it is written into memory
    }
    return out.toByteArray();
  }
}
