package io.tokenmeter.streams.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.kiota.ApiException;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import org.apache.avro.AvroRuntimeException;
import org.junit.jupiter.api.Test;

/** The shapes of failure that Apicurio's client was seen to throw. */
class RegistryFailureTest {

  @Test
  void connectionRefused_isNoAnswer() {
    assertThat(RegistryFailure.of(fromClient(new ConnectException("Connection refused"))))
        .isEqualTo(RegistryFailure.NO_ANSWER);
  }

  @Test
  void connectionClosedByAServerThatStops_isNoAnswer() {
    // Vert.x: io.vertx.core.http.HttpClosedException, which is no IOException.
    assertThat(RegistryFailure.of(fromClient(new RuntimeException("Connection was closed"))))
        .isEqualTo(RegistryFailure.NO_ANSWER);
  }

  @Test
  void serverError_isNoAnswer() {
    assertThat(RegistryFailure.of(new RuntimeException(status(503))))
        .isEqualTo(RegistryFailure.NO_ANSWER);
  }

  @Test
  void notFound_isAnUnknownId() {
    assertThat(RegistryFailure.of(new RuntimeException(status(404))))
        .isEqualTo(RegistryFailure.UNKNOWN_ID);
  }

  @Test
  void bodyThatIsCutOff_isABadRecord() {
    assertThat(RegistryFailure.of(new UncheckedIOException(new EOFException())))
        .isEqualTo(RegistryFailure.BAD_RECORD);
  }

  @Test
  void bodyThatDoesNotDecode_isABadRecord() {
    assertThat(RegistryFailure.of(new AvroRuntimeException("Malformed data")))
        .isEqualTo(RegistryFailure.BAD_RECORD);
  }

  private static RuntimeException fromClient(Exception connection) {
    return new RuntimeException(new RuntimeException(new ExecutionException(connection)));
  }

  private static ApiException status(int code) {
    return new ApiException("answer") {
      {
        setResponseStatusCode(code);
      }
    };
  }
}
